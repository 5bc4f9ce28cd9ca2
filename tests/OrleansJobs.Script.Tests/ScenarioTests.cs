namespace OrleansJobs.Script.Tests;

/// <summary>The situations that the script makes, and whether the overview's verdict on each is right.</summary>
public sealed class ScenarioTests : ScriptTest
{
    private static readonly string[] Names =
        ["keeps-up", "pool-limited", "rate-limited", "tenant-capped", "downstream-slows", "paused", "no-silo"];

    [Fact]
    [Trait("Category", "Slow")]
    public void EverySituation_HasTheRightVerdict_OnARunningNode()
    {
        var (exitCode, output) = Run("\"$ROOT/grid\" scenario all --engine embedded --seconds 180");

        Assert.True(exitCode == 0, output);
        Assert.All(Names, name => Assert.Contains($"{name}: ok\n", output));
    }

    [Fact]
    public void VerdictThatDoesNotCome_IsAFailure()
    {
        var (exitCode, output) = Run(
            """
            await_verdict() { SEEN_VERDICT=KeepsUp SEEN_SUMMARY=fine SEEN_WHY=none; return 1; }
            build_engine() { :; }
            build_program() { :; }
            start_scenario() { :; }
            stop_scenario() { :; }
            jobs_cli() { :; }
            cmd_scenario paused
            """);

        Assert.Equal(1, exitCode);
        Assert.Contains("paused: NOT as expected, which is Paused and Paused\n  verdict: KeepsUp: fine\n", output);
        Assert.Contains("0 of 1 scenarios came out as they should\n", output);
    }

    [Theory]
    [InlineData("cmd_scenario")]
    [InlineData("cmd_scenario nothing-happens")]
    [InlineData("cmd_scenario paused --seconds 0")]
    public void BadArguments_AreAUsageError(string command) => Assert.Equal(2, Run(command).ExitCode);
}
