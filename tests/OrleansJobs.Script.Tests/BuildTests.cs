namespace OrleansJobs.Script.Tests;

/// <summary>When the script builds what it runs.</summary>
public sealed class BuildTests : ScriptTest
{
    private const string Build = """
        ROOT=$GRID_HOME
        build_plain() { say built; mkdir -p "$ROOT/client/bin/Release/net10.0" && touch "$ROOT/client/bin/Release/net10.0/jobs.dll"; }
        mkdir -p "$ROOT/client" "$ROOT/src"
        touch "$ROOT/Directory.Build.props" "$ROOT/Directory.Packages.props" "$ROOT/client/Program.cs"
        build_if_newer client/Cli.csproj jobs
        """;

    [Fact]
    public void Client_IsBuiltInABareClone() => Assert.Equal((0, "built\n"), Run(Build));

    [Fact]
    public void Client_IsBuiltAgain_OnlyWhenASourceIsNewer()
    {
        Run(Build);
        File.SetLastWriteTimeUtc(Path.Combine(Folder, "client/bin/Release/net10.0/jobs.dll"), new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal((0, ""), Run(Build));
        File.SetLastWriteTimeUtc(Path.Combine(Folder, "client/bin/Release/net10.0/jobs.dll"), DateTime.UnixEpoch);
        Assert.Equal((0, "built\n"), Run(Build));
    }
}
