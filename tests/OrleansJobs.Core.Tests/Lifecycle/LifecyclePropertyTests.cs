using FsCheck;
using FsCheck.Fluent;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Core.Tests.Lifecycle;

/// <summary>Random walks with several silos, stale, repeated and invented tokens, and time that moves. A failure prints the shortest walk.</summary>
public sealed class LifecyclePropertyTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Fact]
    public void Jobs_KeepTheInvariants_WhateverTheyAreTold() => Check.One(Config, Prop.ForAll(Step.Walks, steps =>
    {
        new Walk().Run(steps);
        return true;
    }));

    [Fact]
    public void Jobs_CanAlwaysBeBroughtToAnEnd() => Check.One(Config, Prop.ForAll(Step.Walks, steps =>
    {
        var walk = new Walk();
        walk.Run(steps);
        walk.MustReachAnEnd();
        return true;
    }));

    /// <summary>Guards the generator: invariants that no walk comes near prove nothing.</summary>
    [Fact]
    public void Walks_ReachEveryState()
    {
        var reached = new HashSet<JobState>();
        Check.One(Config, Prop.ForAll(Step.Walks, steps =>
        {
            var walk = new Walk();
            foreach (var step in steps)
            {
                walk.Run([step]);
                reached.Add(walk.Job.State);
            }

            return true;
        }));

        Assert.Equal(Enum.GetValues<JobState>().Order(), reached.Order());
    }

    [Fact]
    public void SameInputs_GiveTheSameAnswer() => Check.One(Config, Prop.ForAll(Step.Walks, steps =>
    {
        var (first, second) = (new Walk(), new Walk());
        first.Run(steps);
        second.Run(steps);
        return Comparable(first.Job) == Comparable(second.Job);
    }));

    private static string Comparable(JobRecord job) =>
        $"{job.State} {job.Version} {job.LeaseToken} {job.Attempt} {job.DueAt:O} {job.FinishedAt:O} {string.Join(';', job.Attempts)}";
}
