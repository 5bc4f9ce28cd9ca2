using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Simulation.Checkers;
using OrleansJobs.Simulation.Chronicle;

namespace OrleansJobs.Simulation.Tests;

/// <summary>Each checker is given a good run, and the same run with one thing in it that breaks its invariant.</summary>
public sealed class CheckerTests
{
    private static readonly Run Good = GoodRun();

    public static TheoryData<string> Names => [.. AllCheckers.List.Select(checker => checker.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void GoodRun_Passes(string checker) => Assert.Empty(Of(checker).Check(Good));

    [Theory]
    [MemberData(nameof(Names))]
    public void SpoiledRun_IsCaught(string checker) => Assert.NotEmpty(Of(checker).Check(Spoil(checker)));

    [Fact]
    public void Conservation_EndThatIsUndone_IsCaught() =>
        Assert.NotEmpty(new Conservation().Check(Rewrite<Stored>(
            write => write.Row.State == JobState.Succeeded, write => write with { Row = write.Row with { Version = write.Row.Version + 1 } })));

    [Fact]
    public void Conservation_OpenJobThatIsDeleted_IsCaught()
    {
        var open = new Story().Starts(1, "S1:1", 1).At(2, new Deleted(Story.Job)).Told();

        Assert.Contains("an open job was deleted: it was Running", new Conservation().Check(open).Select(violation => violation.Words));
    }

    [Fact]
    public void Conservation_DeleteThatIsAnsweredAndWasNotDone_IsCaught()
    {
        var answer = new CommandAnswered("client", Story.Job.Id, Story.JobClass, "Delete", null, 4, JobState.Succeeded);

        Assert.Contains(
            "a delete was answered, and the job was never deleted", new Conservation().Check(new Story().At(1, answer).Told()).Select(violation => violation.Words));
    }

    [Fact]
    public void Conservation_EndedJobThatIsDeleted_IsAccepted()
    {
        var run = Enumerable.Range(1, 100).Select(seed => Simulator.Of((ulong)seed)).First(run => run.History.OfType<Deleted>().Count() > 3);

        Assert.Empty(run.Rows.Select(row => row.Id).Intersect(run.History.OfType<Deleted>().Select(deleted => deleted.Row.Id)));
        Assert.Empty(new Conservation().Check(run));
        Assert.NotEmpty(new Conservation().Check(run with { History = [.. run.History.Where(happened => happened is not Deleted)] }));
    }

    [Fact]
    public void SingleLease_AckWithAnotherToken_IsCaught() =>
        Assert.NotEmpty(new SingleLease().Check(Rewrite<Stored>(write => write.Cause == "Complete", write => write with { CauseToken = write.CauseToken - 1 })));

    [Fact]
    public void Limits_MoreThanTheRate_IsCaught() =>
        Assert.NotEmpty(new Limits().Check(Rewrite<LimitsInForce>(
            _ => true, limits => limits with { Settings = limits.Settings with { Rate = Rate.Per(TimeSpan.FromHours(1), 1, 1) } })));

    [Fact]
    public void Timing_StartBeforeItsTime_IsCaught() =>
        Assert.NotEmpty(new Timing().Check(Rewrite<Stored>(
            write => write.Cause == "submit", write => write with { Row = write.Row with { DueAt = write.At + TimeSpan.FromHours(2) } })));

    [Fact]
    public void Fairness_LowerPriorityFirst_IsCaught()
    {
        // Every job that has to wait for its tenant's earlier ones now has a higher priority than those.
        var order = Good.History.OfType<Granted>().Select(grant => grant.Job).Distinct().Select((job, index) => (job, index)).ToDictionary();
        var spoiled = Good.History.Select(happened => happened switch
        {
            Granted grant => grant with { Priority = order[grant.Job] },
            Stored write when order.TryGetValue(write.Row.Id, out var priority) => write with { Row = write.Row with { Priority = priority } },
            _ => happened,
        });

        Assert.NotEmpty(new Fairness().Check(Good with { History = [.. spoiled] }));
    }

    [Fact]
    public void Liveness_JobOfALiveSilo_MayNotBeTaken()
    {
        var began = Good.History.OfType<HandlerBegan>().Last(began => began.At > Engine.World.Beginning + TimeSpan.FromSeconds(20));
        var row = Good.History.OfType<Stored>().First(write => write.Cause == "Start" && write.Row.Id == began.Job && write.Row.LeaseToken == began.Token).Row;
        var taken = new Stored(row with { State = JobState.Queued, Version = row.Version + 1, LeaseToken = row.LeaseToken + 1 }, "Expire", null) { At = began.At };
        var at = Good.History.ToList().IndexOf(began) + 1;

        Assert.NotEmpty(new Liveness().Check(Good with { History = [.. Good.History.Take(at), taken, .. Good.History.Skip(at)] }));
    }

    private static IChecker Of(string name) => AllCheckers.List.Single(checker => checker.Name == name);

    private static Run Spoil(string checker) => checker switch
    {
        nameof(Conservation) => Good with { History = [.. Good.History.Where(happened => happened is not Stored { Cause: "submit" })] },
        nameof(SingleLease) => Good with { History = [.. Good.History.SelectMany(Twice)] },
        nameof(Limits) => Rewrite<LimitsInForce>(_ => true, limits => limits with { Settings = limits.Settings with { MaxConcurrentJobs = 1 } }),
        nameof(Fairness) => Rewrite<Granted>(grant => grant.Tenant == "t0", grant => grant with { Cost = 60 }),
        nameof(Isolation) => WithAJobThatWaits(),
        nameof(Timing) => Rewrite<Stored>(write => write.Cause == "Start", write => write with { Row = write.Row with { Attempt = 0 } }),
        nameof(Liveness) => Good with { Rows = [.. Good.Rows.Select(row => row with { State = JobState.Queued, DueAt = Engine.World.Beginning })] },
        nameof(BoundedMemory) => Rewrite<MemoryPeak>(_ => true, peak => peak with { Due = Good.Scenario.Options.MaxWindow + 1 }),
        nameof(Quarantine) => Rewrite<Stored>(write => write.Cause == "Complete", write => write with
        {
            Row = write.Row with { State = JobState.DeadLettered, LastError = new JobError(JobError.EndsItsSilo, "lost") },
        }),
        nameof(Counts) => Good with { Rows = [.. Good.Rows.Skip(1)] },
        _ => throw new ArgumentException($"There is no spoiled run for {checker}.", nameof(checker)),
    };

    private static IEnumerable<HistoryEvent> Twice(HistoryEvent happened) => happened is HandlerBegan ? [happened, happened] : [happened];

    private static Run Rewrite<T>(Func<T, bool> which, Func<T, T> how) where T : HistoryEvent =>
        Good with { History = [.. Good.History.Select(happened => happened is T one && which(one) ? how(one) : happened)] };

    /// <summary>When all is over, a job comes that is not started for ten seconds, though nothing else is there.</summary>
    private static Run WithAJobThatWaits()
    {
        var plan = Good.Scenario.Classes[0];
        var row = new JobRecord { Id = new JobId(Guid.CreateVersion7(Good.EndedAt)), JobClass = plan.Name, Tenant = plan.Tenants[0], State = JobState.Queued, DueAt = Good.EndedAt };
        var submit = new Stored(row, "submit", null) { At = Good.EndedAt };
        var start = new Stored(row with { State = JobState.Running, Version = 2, LeaseToken = 1, Attempt = 1 }, "Start", null) { At = Good.EndedAt + TimeSpan.FromSeconds(10) };
        return Good with { History = [.. Good.History, submit, start], EndedAt = start.At };
    }

    /// <summary>The first calm run in which several tenants have a long backlog and nothing else limits the class.</summary>
    private static Run GoodRun()
    {
        for (var seed = 1UL; ; seed++)
        {
            var scenario = Workload.ScenarioMaker.Make(seed);
            if (scenario is { IsCalm: true, ChangesLimits: false, Classes: [{ IsLoadedWhilePaused: true, Trouble: > 0.1, Tenants.Count: > 2, Settings: var settings } plan] }
                && settings is { Rate.IsUnlimited: true, MaxConcurrentJobsPerTenant: 0, MaxConcurrentJobs: not 1 } && plan.Jobs > 80 && scenario.Silos * settings.MaxLocalWorkers is 2 or 3)
            {
                return Simulator.Of(seed);
            }
        }
    }
}
