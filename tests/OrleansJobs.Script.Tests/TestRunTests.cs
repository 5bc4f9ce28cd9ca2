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
              <ResultSummary outcome="Failed"><Counters total="2" executed="2" passed="1" failed="1" /></ResultSummary>
            </TestRun>

            """);

        var (exitCode, output) = Run(
            $"""
            rm() {"{ :; }"}
            run_project() {"{ PASSED=1 FAILED=1 SKIPPED=0; }"}
            mkdir -p "$GRID_HOME/test" && cp "{Folder}"/*.trx "$GRID_HOME/test"
            printf 'tests/Some.Tests.csproj\n' | run_projects 'Pool' 1
            """);

        Assert.Equal(1, exitCode);
        Assert.EndsWith(
            """
                failed: Some.Tests.Pool_IsBounded(permits: "2"): Assert.Equal() Failure Expected: 2
            Total: 1 passed, 1 failed, 0 skipped

            """, output);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Lanes_RunEachProjectOnce_AndNoMoreAtOnce(int lanes)
    {
        var (exitCode, output) = Run(
            $$"""
            run_project() {
              PASSED=3 FAILED=0 SKIPPED=1
              flock 9; printf '+\n' >>"$GRID_HOME/seen"; flock -u 9
              flock 9; printf -- '- %s\n' "$1" >>"$GRID_HOME/seen"; flock -u 9
            }
            printf 'tests/%d.Tests.csproj\n' {1..40} | run_projects 'Pool' {{lanes}}
            """);

        var (running, most, done) = (0, 0, new List<string>());
        foreach (var line in File.ReadLines(Path.Combine(Folder, "seen")))
        {
            running += line == "+" ? 1 : -1;
            most = Math.Max(most, running);
            done.AddRange(line == "+" ? [] : [line]);
        }

        Assert.Equal((0, "Total: 120 passed, 0 failed, 40 skipped\n"), (exitCode, output));
        Assert.Equal(40, done.Distinct().Count());
        Assert.Equal(40, done.Count);
        Assert.InRange(most, 1, lanes);
    }

    [Fact]
    public void Interrupt_EndsWhatTheLanesHaveStarted()
    {
        var (exitCode, output) = Run(
            """
            run_project() { PASSED=1 FAILED=0 SKIPPED=0; printf '%s\n' "$BASHPID" >"$GRID_HOME/lane$BASHPID"; sleep 60; }
            printf 'tests/%d.Tests.csproj\n' 1 2 | run_projects 'Pool' 2 &
            run=$!
            until compgen -G "$GRID_HOME/lane*" >"$GRID_HOME/found" && (($(wc -l <"$GRID_HOME/found") == 2)); do sleep 0.05; done
            kill "$run"
            wait "$run" || printf 'exit %d\n' "$?"
            for lane in "$GRID_HOME"/lane*; do
              while kill -0 -- "-$(<"$lane")" 2>/dev/null; do sleep 0.05; done
            done
            """);

        Assert.Equal((0, "exit 130\n"), (exitCode, output));
    }
}
