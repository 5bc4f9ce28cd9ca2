using OrleansJobs.Simulation.Checkers;
using OrleansJobs.Simulation.Chronicle;
using Xunit.Abstractions;

namespace OrleansJobs.Simulation.Tests;

public sealed class SeedTests(ITestOutputHelper output)
{
    /// <summary>What every build runs; <c>./grid simulate --seeds N</c> runs more.</summary>
    private const int Budget = 250;

    [Fact]
    public void Seeds_BreakNoInvariant()
    {
        var summary = Campaign.Run(1, Budget);

        Assert.True(summary.Failures.Count == 0, string.Join(Environment.NewLine, summary.Failures.Values));
        Assert.Equal(Budget, summary.Seeds);
    }

    /// <summary>Seeds that nobody has chosen: other ones each day, so that many are met in time.</summary>
    [Fact]
    public void Seeds_OfTheDay_BreakNoInvariant()
    {
        var first = SeedOfTheDay.First(Environment.GetEnvironmentVariable(SeedOfTheDay.Variable), DateTimeOffset.UtcNow);
        output.WriteLine($"{Budget} seeds from {first} on; again: {SeedOfTheDay.Variable}={first}, or ./grid simulate --seeds {Budget} --seed {first}");

        var summary = Campaign.Run(first, Budget);

        Assert.True(summary.Failures.Count == 0, string.Join(Environment.NewLine, summary.Failures.Values));
    }

    [Fact]
    public void SeedsOfTwoDays_AreOthers() =>
        Assert.Equal(
            (20261130_000_000UL, 20261201_000_000UL),
            (SeedOfTheDay.First(null, new DateTimeOffset(2026, 11, 30, 23, 59, 59, TimeSpan.Zero)), SeedOfTheDay.First("", new DateTimeOffset(2026, 12, 1, 1, 0, 0, TimeSpan.Zero))));

    [Fact]
    public void SeedsOfTheDay_ThatAreGiven_Count() => Assert.Equal(77UL, SeedOfTheDay.First("77", DateTimeOffset.UnixEpoch));

    [Fact]
    public void SeedsOfTheDay_ThatAreNoNumber_AreNamed() =>
        Assert.Contains(SeedOfTheDay.Variable, Assert.Throws<FormatException>(() => SeedOfTheDay.First("x", DateTimeOffset.UnixEpoch)).Message);

    [Fact]
    public void Seeds_MeetEveryKindOfFault()
    {
        var summary = Campaign.Run(1, 100);

        Assert.Equal(
            [
                "dispatchers displaced", "jobs active twice", "messages delayed", "messages doubled", "messages lost", "silos crashed", "silos cut off",
                "silos drained", "silos frozen", "store: calls slow", "store: reads failed", "store: writes failed", "store: writes unclear",
            ],
            summary.Faults.Keys);
    }

    /// <summary>Seeds that once showed a fault of the protocol or of a checker.</summary>
    [Theory]
    [InlineData(700_009_901)]
    [InlineData(700_016_196)]
    [InlineData(700_004_630)]
    [InlineData(224_579_095)]
    [InlineData(751)]
    [InlineData(1_225)]
    [InlineData(20_261_130_001_785)]
    [InlineData(20_261_130_004_763)]
    [InlineData(20_261_130_002_315)]
    [InlineData(20_261_130_011_905)]
    [InlineData(20_261_130_020_025)]
    [InlineData(20_261_130_026_743)]
    [InlineData(20_261_130_040_902)]
    [InlineData(20_261_130_201_820)]
    [InlineData(20_261_130_209_907)]
    [InlineData(20_261_130_332_792)]
    [InlineData(20_261_130_334_991)]
    [InlineData(20_261_130_416_479)]
    [InlineData(20_261_130_501_788)]
    public void Seed_ThatOnceBrokeSomething_BreaksNothing(ulong seed) => Assert.Null(AllCheckers.FirstViolation(Simulator.Of(seed)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(1_000_003)]
    public void Seed_RunTwice_HasTheSameHistory(ulong seed) =>
        Assert.Equal(History.Hash(Simulator.Of(seed).History), History.Hash(Simulator.Of(seed).History));

    [Fact]
    public void OtherSeed_HasAnotherHistory() =>
        Assert.NotEqual(History.Hash(Simulator.Of(1).History), History.Hash(Simulator.Of(2).History));
}
