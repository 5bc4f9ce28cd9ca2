using OrleansJobs.Core.Insight;

namespace OrleansJobs.Core.Tests.Insight;

public sealed class RunSamplesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RunSamples _samples = new();

    [Fact]
    public void PinnedConcurrency_TellsNothing()
    {
        Add(16, _ => 3, times: 10_000);
        Assert.Null(_samples.ModelAt(16, Start));
    }

    [Fact]
    public void AFewAttemptsOfQuietTimes_AreKeptUnderALongFlood()
    {
        Add(1, _ => 0.1, times: RunSamples.MinCount);
        Add(16, running => 0.1 * running, times: 100_000);

        var model = _samples.ModelAt(16, Start)!;

        Assert.True(model.IsSlowedDown);
        Assert.Equal((0.1, 1.6), (Math.Round(model.Few.Seconds, 6), Math.Round(model.Many.Seconds, 6)));
    }

    [Fact]
    public void TooFewAttemptsOfQuietTimes_TellNothing()
    {
        Add(1, _ => 0.1, times: RunSamples.MinCount - 1);
        Add(16, running => 0.1 * running, times: 100);
        Assert.Null(_samples.ModelAt(16, Start));
    }

    [Fact]
    public void RaisedPermits_ShowWhatTheyDid()
    {
        Add(4, _ => 1, times: 50);
        Add(16, _ => 4, times: 50);
        Assert.True(_samples.ModelAt(16, Start)!.IsSlowedDown);
    }

    [Fact]
    public void AKnee_IsSeenFromItsFlatPart()
    {
        for (var running = 1; running <= 32; running++)
        {
            Add(running, at => 0.1 * Math.Max(1, at / 8), times: 20);
        }

        Assert.True(_samples.ModelAt(32, Start)!.IsSlowedDown);
        Assert.False(_samples.ModelAt(8, Start)!.IsSlowedDown);
    }

    [Fact]
    public void WhatIsTooLongAgo_IsForgotten()
    {
        Add(1, _ => 0.1, times: 50);
        Add(16, _ => 1.6, times: 50, Start + RunSamples.MaxAge + TimeSpan.FromTicks(1));
        Assert.Null(_samples.ModelAt(16, Start + RunSamples.MaxAge + TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void ADownstreamThatHasRecovered_IsNotBlamedForLong()
    {
        Add(1, _ => 0.1, times: 50);
        Add(16, _ => 1.6, times: 1_000);
        Add(16, _ => 0.1, times: 1_000);
        Assert.False(_samples.ModelAt(16, Start)!.IsSlowedDown);
    }

    /// <summary>Whatever the spread of run times, and however few of them were measured among few: without contention nobody is blamed.</summary>
    [Fact]
    public void RunTimesThatDoNotDependOnConcurrency_AreNeverTakenToDoSo()
    {
        var random = new Random(20_260_101);
        for (var round = 0; round < 2_000; round++)
        {
            var samples = new RunSamples();
            var spread = random.NextDouble() * 1.2;
            AddSkewed(samples, random, 1 + random.Next(4), spread, RunSamples.MinCount + random.Next(20));
            AddSkewed(samples, random, 16, spread, 300);

            Assert.False(samples.ModelAt(16, Start)!.IsSlowedDown, $"round {round}, spread {spread}");
        }
    }

    private static void AddSkewed(RunSamples samples, Random random, int running, double spread, int times)
    {
        for (var time = 0; time < times; time++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            samples.Add(running, TimeSpan.FromSeconds(Math.Exp(spread * normal)), Start);
        }
    }

    private void Add(double running, Func<double, double> secondsWith, int times, DateTimeOffset? at = null)
    {
        for (var time = 0; time < times; time++)
        {
            _samples.Add(running, TimeSpan.FromSeconds(secondsWith(running)), at ?? Start);
        }
    }
}
