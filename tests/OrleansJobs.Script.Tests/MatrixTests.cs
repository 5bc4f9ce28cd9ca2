using System.Security;

namespace OrleansJobs.Script.Tests;

/// <summary>The conformance matrix, from planted result files.</summary>
public sealed class MatrixTests : ScriptTest
{
    private const string Orleans = "OrleansJobs.Grains.Tests";
    private const string Embedded = "OrleansJobs.Embedded.Tests";

    [Fact]
    public void EqualSuites_AreATableOfTestsByEngineAndStore()
    {
        foreach (var engine in (string[])[Orleans, Embedded])
        {
            Plant(engine, ("SqliteLifecycle", "Submit_Runs", "Passed"), ("PostgresLifecycle", "Submit_Runs", "Passed"),
                ("SqliteRestart", "Restart_LosesNothing", "Passed"), ("PostgresRestart", "Restart_LosesNothing", "NotExecuted"));
        }

        var (exitCode, output) = Matrix(whole: true);

        Assert.Equal(0, exitCode);
        Assert.Equal(
            """
            Conformance                   orleans             embedded
                                          sqlite    postgres  sqlite    postgres
            Lifecycle.Submit_Runs         ok        ok        ok        ok
            Restart.Restart_LosesNothing  ok        skip      ok        skip
            2 tests: ok                   2         1         2         1
            2 tests: skip                 0         1         0         1

            """, Trimmed(output));
    }

    [Fact]
    public void FailedTest_IsShown_AndTheWorstOfItsCasesCounts()
    {
        Plant(Orleans, ("SqliteLimits", "Rate_IsKept(perSecond: 1)", "Passed"), ("SqliteLimits", "Rate_IsKept(perSecond: 2)", "Failed"),
            ("PostgresLimits", "Rate_IsKept(perSecond: 1)", "Passed"), ("PostgresLimits", "Rate_IsKept(perSecond: 2)", "NotExecuted"));

        var (exitCode, output) = Matrix(whole: false);

        Assert.Equal(0, exitCode);
        Assert.Contains("Limits.Rate_IsKept  FAIL      ok        -         -\n", output);
        Assert.Contains("1 tests: FAIL       1         0         0         0\n", output);
    }

    [Fact]
    public void TestOfOneEngineOnly_IsMissing_WhereAllWereToRun()
    {
        Plant(Orleans, ("SqliteLimits", "Rate_IsKept", "Passed"), ("PostgresLimits", "Rate_IsKept", "Passed"));
        Plant(Embedded, ("SqliteLimits", "Rate_IsKept", "Passed"));

        var (exitCode, output) = Matrix(whole: true);
        var (filtered, filteredOutput) = Matrix(whole: false);

        Assert.Equal((1, 0), (exitCode, filtered));
        Assert.Contains("Limits.Rate_IsKept  ok        ok        ok        MISSING\n", output);
        Assert.Contains("Limits.Rate_IsKept  ok        ok        ok        -\n", filteredOutput);
    }

    [Fact]
    public void EngineWithoutResults_IsMissing()
    {
        Plant(Orleans, ("SqliteLimits", "Rate_IsKept", "Passed"), ("PostgresLimits", "Rate_IsKept", "Passed"));

        Assert.Equal(1, Matrix(whole: true).ExitCode);
    }

    [Fact]
    public void OtherTests_AreNoRows()
    {
        Plant(Orleans, "Schema", ("SqliteSchema", "Tables_AreMade", "Passed"));

        Assert.Equal((0, ""), Matrix(whole: true));
    }

    [Fact]
    public void Run_WithAMissingTest_Fails()
    {
        Plant(Orleans, ("SqliteLimits", "Rate_IsKept", "Passed"), ("PostgresLimits", "Rate_IsKept", "Passed"));
        var (exitCode, output) = Run(
            $"""
            rm() {"{ :; }"}
            run_project() {"{ PASSED=1 FAILED=0 SKIPPED=0; }"}
            mkdir -p "$GRID_HOME/test" && cp "{Folder}"/*.trx "$GRID_HOME/test"
            printf 'tests/%s.csproj\n' {Orleans} {Embedded} | run_projects '' 1
            """);

        Assert.Equal(1, exitCode);
        Assert.EndsWith("Total: 2 passed, 1 failed, 0 skipped\n", output);
    }

    private (int ExitCode, string Output) Matrix(bool whole) => Run($"conformance_matrix '{Folder}' '{(whole ? 1 : "")}'");

    private void Plant(string project, params (string Class, string Test, string Outcome)[] results) => Plant(project, "Conformance", results);

    private void Plant(string project, string folder, params (string Class, string Test, string Outcome)[] results)
    {
        var lines = results.Select(result =>
            $"""    <UnitTestResult executionId="1" testName="{SecurityElement.Escape($"{project}.{folder}.{result.Class}Tests.{result.Test}")}" duration="00:00:01" outcome="{result.Outcome}" />""");
        File.WriteAllText(Path.Combine(Folder, $"{project}.trx"), $"<TestRun>\n  <Results>\n{string.Join('\n', lines)}\n  </Results>\n</TestRun>\n");
    }

    private static string Trimmed(string table) => string.Join('\n', table.Split('\n').Select(line => line.TrimEnd()));
}
