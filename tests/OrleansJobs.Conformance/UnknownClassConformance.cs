using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage;

namespace OrleansJobs.Conformance;

/// <summary>What becomes of jobs whose class no host has any more.</summary>
public abstract class UnknownClassConformance : GridConformance
{
    private const string Gone = OtherJob.Class;

    protected UnknownClassConformance() => HasOtherClass = false;

    [SkippableFact]
    public async Task WaitingJob_IsShownAndExplained()
    {
        var job = await StoredAsync(JobState.Queued);

        Assert.Equal(Gone, (await Jobs.GetAsync(job)).JobClass);
        Assert.Contains(job, (await Jobs.ListAsync(new() { JobClass = Gone })).Jobs.Select(shown => shown.Id));
        var why = await Jobs.ExplainAsync(job);
        Assert.Equal(WaitReason.UnknownClass, why.Reason);
        Assert.Contains($"No host of the grid has the job class '{Gone}'", why.Explanation, StringComparison.Ordinal);
    }

    /// <summary>Whoever lists the classes would take it for gone that has jobs.</summary>
    [SkippableFact]
    public async Task Class_IsListedWithItsCounts_AsLongAsItHasJobs()
    {
        Assert.DoesNotContain(Gone, (await Jobs.GetClassesAsync()).Select(one => one.JobClass));
        await StoredAsync(JobState.Queued);

        var status = Assert.Single(await Jobs.GetClassesAsync(), one => one.JobClass == Gone);

        Assert.Equal(1, status.Counts.Queued);
        Assert.Empty(status.Pools);
        Assert.Equal((0, 0), (status.Settings.MaxLocalWorkers, status.MaxLocalWorkersCeiling));
    }

    [SkippableFact]
    public async Task WaitingJob_CanBeCancelledAndDeadLettered()
    {
        Assert.Equal(JobState.Cancelled, (await Jobs.CancelAsync(await StoredAsync(JobState.Queued))).State);
        Assert.Equal(JobState.DeadLettered, (await Jobs.DeadLetterAsync(await StoredAsync(JobState.Scheduled), "its class is gone")).State);
    }

    [SkippableFact]
    public async Task EndedJob_CanBeDeleted()
    {
        var (waiting, ended) = (await StoredAsync(JobState.Scheduled), await StoredAsync(JobState.Queued));
        await Jobs.DeadLetterAsync(ended, "its class is gone");

        Assert.Equal(JobState.DeadLettered, (await Jobs.DeleteAsync(ended)).State);
        await Assert.ThrowsAsync<JobStateException>(() => Jobs.DeleteAsync(waiting));

        Assert.Equal([waiting], (await Jobs.ListAsync(new() { JobClass = Gone })).Jobs.Select(job => job.Id));
        var counts = (await Services.GetRequiredService<IJobStore>().CountAsync())[Gone];
        Assert.Equal(new JobCounts { Scheduled = 1 }, counts);
    }

    [SkippableFact]
    public async Task RunningJob_IsTakenFromItsDeadSilo_AndWaits()
    {
        var job = await StoredAsync(JobState.Running);

        await RestartAsync();

        var taken = await UntilAsync(() => Jobs.GetAsync(job), shown => shown.State == JobState.Queued);
        Assert.Equal(JobError.SiloLost, taken.LastError!.Type);
        Assert.Equal(AttemptOutcome.Lost, Assert.Single(taken.Attempts).Outcome);
        Assert.Equal(JobState.Cancelled, (await Jobs.CancelAsync(job)).State);
    }

    [SkippableFact]
    public async Task RunningJob_ThatWasToBeCancelled_IsCancelled()
    {
        var job = await StoredAsync(JobState.Running);
        await Jobs.CancelAsync(job);

        await RestartAsync();

        await UntilAsync(() => Jobs.GetAsync(job), shown => shown.State == JobState.Cancelled);
    }

    [SkippableFact]
    public async Task Jobs_RunOnceTheirClassIsBack()
    {
        var job = await StoredAsync(JobState.Running);
        HasOtherClass = true;
        await RestartAsync();

        Assert.Equal(JobState.Succeeded, (await EndOfAsync(Jobs.GetHandle(job))).State);
    }

    /// <summary>As a host left it that had the class.</summary>
    private async Task<JobId> StoredAsync(JobState state)
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(50);
        var store = Services.GetRequiredService<IJobStore>();
        var job = new JobRecord
        {
            Id = JobId.New(),
            JobClass = Gone,
            Payload = """{"name":"old"}"""u8.ToArray(),
            State = state,
            MaxAttempts = 3,
            SubmittedAt = now,
            DueAt = state == JobState.Scheduled ? now.AddYears(1_000) : now,
            Attempt = state == JobState.Running ? 1 : 0,
            LeaseToken = state == JobState.Running ? 1 : 0,
            Silo = state == JobState.Running ? "a silo that is dead" : null,
            StartedAt = state == JobState.Running ? now : null,
        };
        Assert.Equal(InsertStatus.Inserted, (await store.InsertAsync(job)).Status);
        return job.Id;
    }
}
