namespace OrleansJobs.Script.Tests;

/// <summary>What <c>./grid test</c> says at its end, from planted result files.</summary>
public sealed class TestRunTests : ScriptTest
{
    [Fact]
    public void FailedTests_AreNamedAtTheEnd_WithTheirReasons()
    {
        File.WriteAllText(Path.Combine(Folder, "Some.Tests.trx"),
            """
            <TestRun>
              <Results>
                <UnitTestResult testName="Some.Tests.Pool_IsBounded(permits: &quot;2&quot;)" outcome="Failed">
                  <Output><ErrorInfo><Message>Assert.Equal() Failure
            Expected: 2</Message><StackTrace>at Pool</StackTrace></ErrorInfo></Output>
                </UnitTestResult>
                <UnitTestResult testName="Some.Tests.Pool_IsFair" outcome="Passed" />
              </Results>
            </TestRun>

            """);

        var (exitCode, output) = Run(
            $"""
            rm() {"{ :; }"}
            run_project() {"{ PASSED=1 FAILED=1 SKIPPED=0; }"}
            mkdir -p "$GRID_HOME/test" && cp "{Folder}"/*.trx "$GRID_HOME/test"
            printf 'tests/Some.Tests.csproj\n' | run_projects 'Pool'
            """);

        Assert.Equal(1, exitCode);
        Assert.EndsWith(
            """
                failed: Some.Tests.Pool_IsBounded(permits: "2"): Assert.Equal() Failure Expected: 2
            Total: 1 passed, 1 failed, 0 skipped

            """, output);
    }
}
