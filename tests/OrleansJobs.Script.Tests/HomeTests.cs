namespace OrleansJobs.Script.Tests;

/// <summary>Who may see what the script keeps.</summary>
public sealed class HomeTests : ScriptTest
{
    [Fact]
    public void StoreLogsAndAddresses_AreForTheirUserAlone()
    {
        var (exitCode, output) = Run("""umask 022; make_home; stat -c '%a' "$DATA_DIR" "$LOG_DIR" "$RUN_DIR" """);

        Assert.Equal((0, "700\n700\n700\n"), (exitCode, output));
    }

    [Fact]
    public void Node_TakesItsDatabaseFromTheEnvironment_SoThatNoArgumentShowsThePassword()
    {
        var (exitCode, output) = Run(
            """
            start_silo() { printf '%s\n' "$@" "in the environment: $JobGrid__Postgres__ConnectionString"; }
            ENGINE=orleans
            make_home
            start_node 5080 'Host=x;Password=secret' "$GRID_HOME"
            """);

        Assert.Equal(0, exitCode);
        Assert.Contains("--JobGrid:Store=postgres", output);
        Assert.Equal(["in the environment: Host=x;Password=secret"], output.Split('\n').Where(line => line.Contains("secret")));
    }
}
