namespace OrleansJobs.Script.Tests;

/// <summary>When the script builds what it runs, and what it tells of it.</summary>
public sealed class BuildTests : ScriptTest
{
    private const string Program =
        """
        ROOT=$GRID_HOME
        need_dotnet() { :; }
        build() {
          say "built${2:+ with $2}"
          mkdir -p "$ROOT/client/bin/Release/net10.0" "$ROOT/client/obj" && touch "$ROOT/client/bin/Release/net10.0/jobs.dll"
          printf '        "projectUniqueName": "%s",\n' "$ROOT/client/OrleansJobs.Cli.csproj" "$ROOT/src/Core.csproj" >"$ROOT/client/obj/OrleansJobs.Cli.csproj.nuget.dgspec.json"
        }
        mkdir -p "$ROOT/client" "$ROOT/src" "$ROOT/other"
        touch -d 2020-01-01 "$ROOT/Directory.Build.props" "$ROOT/client/OrleansJobs.Cli.csproj" "$ROOT/src/Core.csproj" "$ROOT"/{client,src}
        build_program "$CLI_PROJECT"
        """;

    private const string Built = "built with -p:RunAnalyzers=false\n";

    [Fact]
    public void Program_IsBuiltInABareClone_WithoutAnalyzers() => Assert.Equal((0, Built), Run(Program));

    [Theory]
    [InlineData("src/Core.cs", Built)]
    [InlineData("client/Program.cs", Built)]
    [InlineData("Directory.Build.props", Built)]
    [InlineData("client/obj/project.assets.json", "")]
    [InlineData("other/Other.cs", "")]
    [InlineData(null, "")]
    public void Program_IsBuiltAgain_OnlyWhenSomethingThatItIsMadeOfIsNewer(string? changed, string expected)
    {
        var touch = changed is null ? "" : $"\ntouch -d 2100-01-01 \"$ROOT/{changed}\"";
        var (exitCode, output) = Run($"{Program}{touch}\nbuild_program \"$CLI_PROJECT\"");

        Assert.Equal((0, Built + expected), (exitCode, output));
    }

    [Fact]
    public void Build_TellsItsSteps_AndCountsTheProjects()
    {
        var (exitCode, output) = Run(Dotnet("say '  Core -> /bin/Core.dll'") + "build \"$SOLUTION\"");

        Assert.Equal(0, exitCode);
        Assert.Matches("^Restoring the packages\nRestored the packages in [0-9.]+ s\\.\nBuilding [0-9]+ projects\nBuilt [0-9]+ projects in [0-9.]+ s\\.\n$", output);
    }

    [Fact]
    public void BuildThatFails_ShowsItsErrors_AndWhereTheRestIs()
    {
        var (exitCode, output) = Run(Dotnet("say 'a/B.cs(1,2): error CS1002: ; expected [a/B.csproj]'; say noise; [[ $1 == restore ]]") + "build \"$SOLUTION\"");

        Assert.Equal(1, exitCode);
        Assert.EndsWith($"a/B.cs(1,2): error CS1002: ; expected [a/B.csproj]\ngrid: the whole output is in {Folder}/logs/build.log\ngrid: the build failed\n", output);
        Assert.DoesNotContain("noise", output);
    }

    [Fact]
    public void RestoreThatFails_IsNoBuild()
    {
        var (exitCode, output) = Run(Dotnet("say 'x.csproj : error NU1101: Unable to find package Nowhere.'; return 1") + "build \"$SOLUTION\"");

        Assert.Equal(1, exitCode);
        Assert.EndsWith("grid: the packages could not be restored\n", output);
        Assert.DoesNotContain("Building", output);
    }

    private static string Dotnet(string answer) => $"need_dotnet() {{ :; }}\ndotnet() {{ {answer}; }}\n";
}
