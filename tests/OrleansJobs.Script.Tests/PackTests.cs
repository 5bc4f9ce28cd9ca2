namespace OrleansJobs.Script.Tests;

/// <summary>Making packages: what is asked of the SDK, and what is printed.</summary>
public sealed class PackTests : ScriptTest
{
    private const string Sdk =
        """
        need_dotnet() { :; }
        dotnet() {
          say "$*" >>"$GRID_HOME/calls"
          [[ $1 == pack ]] || return 0
          while [[ $1 != --output ]]; do shift; done
          head -c 2500 /dev/zero >"$2/OrleansJobs.Client.1.2.3.nupkg"
          say "  Successfully created package '$2/OrleansJobs.Client.1.2.3.nupkg'."
          say "  Successfully created package '$2/OrleansJobs.Client.1.2.3.snupkg'."
        }
        """;

    [Fact]
    public void Packages_AreListedWithTheirSize()
    {
        var (exitCode, output) = Run($"{Sdk}\ncmd_pack 2>/dev/null");

        Assert.Equal(0, exitCode);
        Assert.Matches($"^OrleansJobs\\.Client\\.1\\.2\\.3\\.nupkg +3 KB\n1 packages in {Folder}/packages\n$", output);
    }

    [Fact]
    public void Version_IsThatOfRestoreAndPack()
    {
        Run($"{Sdk}\ncmd_pack --version 1.2.3-beta.1");

        Assert.All(File.ReadAllLines(Path.Combine(Folder, "calls")), call => Assert.Contains("-p:Version=1.2.3-beta.1", call));
    }

    [Fact]
    public void OldPackages_AreNotMixedWithTheNew_ButAFolderOfTheUserIsLeftAlone()
    {
        Run($"{Sdk}\nmkdir -p \"$GRID_HOME/packages\" \"$GRID_HOME/mine\"\ntouch \"$GRID_HOME\"/{{packages,mine}}/old.nupkg\ncmd_pack\ncmd_pack --output \"$GRID_HOME/mine\"");

        Assert.False(File.Exists(Path.Combine(Folder, "packages/old.nupkg")));
        Assert.True(File.Exists(Path.Combine(Folder, "mine/old.nupkg")));
        Assert.True(File.Exists(Path.Combine(Folder, "mine/OrleansJobs.Client.1.2.3.nupkg")));
    }

    [Theory]
    [InlineData("cmd_pack --version latest", 2, "--version must be like 1.2.3 or 1.2.3-beta.1, not 'latest'")]
    [InlineData("cmd_pack --version", 2, "--version needs a value")]
    [InlineData("cmd_pack --quick", 2, "pack: unknown option '--quick'")]
    [InlineData("cmd_pack --output /proc/none", 1, "pack: cannot make the folder /proc/none")]
    public void BadArguments_AreToldAndMakeNothing(string command, int exitCode, string message)
    {
        var (code, output) = Run($"{Sdk}\n{command}");

        Assert.Equal(exitCode, code);
        Assert.StartsWith($"grid: {message}", output);
        Assert.False(File.Exists(Path.Combine(Folder, "calls")));
    }
}
