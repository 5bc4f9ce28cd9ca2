namespace OrleansJobs.Script.Tests;

/// <summary>Which engine a node runs on, by what the package sources have.</summary>
public sealed class EngineTests : ScriptTest
{
    private const string WithOrleans = "restore() { return 0; }";
    private const string WithoutOrleans =
        "restore() { [[ $1 != *Silo* ]] && return 0; ORLEANS_MISSING='Microsoft.Orleans.Client, Microsoft.Orleans.Server'; return \"$EXIT_NO_ORLEANS\"; }";

    [Theory]
    [InlineData(WithOrleans, "", "Engine: orleans, because this machine has the Microsoft.Orleans packages.", "silo/OrleansJobs.Silo.csproj")]
    [InlineData(WithOrleans, "orleans", "Engine: orleans, because --engine asks for it.", "silo/OrleansJobs.Silo.csproj")]
    [InlineData(WithOrleans, "embedded", "Engine: embedded, because --engine asks for it.", "samples/LearningPlatform.Embedded/LearningPlatform.Embedded.csproj")]
    [InlineData(WithoutOrleans, "embedded", "Engine: embedded, because --engine asks for it.", "samples/LearningPlatform.Embedded/LearningPlatform.Embedded.csproj")]
    [InlineData(WithoutOrleans, "", "Engine: embedded, because the package sources of this machine lack Microsoft.Orleans.Client and 1 more of its packages.",
        "samples/LearningPlatform.Embedded/LearningPlatform.Embedded.csproj")]
    public void Engine_IsNamedWithItsReason_AndItsHostIsBuilt(string sources, string asked, string line, string project)
    {
        var (exitCode, output) = Build(sources, asked);

        Assert.Equal((0, $"{line}\nbuilt {project}\n"), (exitCode, output));
    }

    [Fact]
    public void Orleans_WhereItCannotBeHad_ExitsWithThree()
    {
        var (exitCode, output) = Build(WithoutOrleans, "orleans");

        Assert.Equal(3, exitCode);
        Assert.Equal("grid: the engine orleans needs packages that the package sources of this machine lack: Microsoft.Orleans.Client, Microsoft.Orleans.Server\n", output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("embedded")]
    public void Restore_ThatFailsForAnotherReason_IsAFailure(string asked)
    {
        var (exitCode, output) = Build("restore() { return 1; }", asked);

        Assert.Equal((1, "grid: the restore failed\n"), (exitCode, output));
    }

    [Fact]
    public void UnknownEngine_IsAUsageError() => Assert.Equal(2, Run("cmd_up --engine akka").ExitCode);

    private (int ExitCode, string Output) Build(string sources, string asked) =>
        Run($"{sources}\nbuild() {{ say \"built ${{1#\"$ROOT/\"}}\"; }}\nbuild_engine {asked}");
}
