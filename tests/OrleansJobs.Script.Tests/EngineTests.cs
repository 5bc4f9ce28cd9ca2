namespace OrleansJobs.Script.Tests;

/// <summary>Which engine a node runs on.</summary>
public sealed class EngineTests : ScriptTest
{
    private const string NothingIsRun =
        """
        build_program() { say "built $1"; }
        start_host() { say "started $1"; }
        output_of() { say "$1"; }
        await_node() { :; }
        remember() { :; }
        """;

    [Theory]
    [InlineData("", "orleans", "silo/OrleansJobs.Silo.csproj")]
    [InlineData("--engine orleans", "orleans", "silo/OrleansJobs.Silo.csproj")]
    [InlineData("--engine embedded", "embedded", "samples/LearningPlatform.Embedded/LearningPlatform.Embedded.csproj")]
    public void Up_SaysTheEngineAtOnce_AndRunsItsHost(string option, string engine, string project)
    {
        var (exitCode, output) = Run($"{NothingIsRun}\ncmd_up --port 59997 {option}");

        Assert.Equal((0, $"Engine: {engine}. Store: SQLite in {Folder}/data.\nbuilt {project}\nstarted {project}\n"), (exitCode, output));
    }

    [Fact]
    public void Up_WithADatabase_NamesTheStore_AndNotItsPassword()
    {
        var (_, output) = Run($"{NothingIsRun}\ncmd_up --port 59997 --postgres 'Host=db;Password=hunter2'");

        Assert.StartsWith("Engine: orleans. Store: PostgreSQL.\n", output);
        Assert.DoesNotContain("hunter2", output);
    }

    [Theory]
    [InlineData(5080, 24920, 30000)]
    [InlineData(41873, 24920, 2281)]
    [InlineData(65535, 6031, 7054)]
    public void PortsOfASilo_AreFarFromItsHttpPort_AndInRange(int port, int distance, int expected) =>
        Assert.Equal((0, $"{expected}\n"), Run($"port_taken() {{ return 1; }}\nport_beside {port} {distance}"));

    [Fact]
    public void UnknownEngine_IsAUsageError() => Assert.Equal(2, Run("cmd_up --engine akka").ExitCode);
}
