using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage;

namespace OrleansJobs.Conformance;

/// <summary>Jobs under which silos were lost. What is told of lost silos is written into the store, for a test cannot lose its own.</summary>
public abstract class SuspectConformance : GridConformance
{
    private static readonly string[] Silos = ["gone-1", "gone-2", "gone-3"];

    [SkippableFact]
    public async Task JobThatWasLostAlone_IsDeadLettered_AndThoseThatRanBesideItRunAsAnyOther()
    {
        await Jobs.PauseAsync(ScriptedJob.Class);
        var culprit = await SubmitAsync("culprit");
        var neighbour = await SubmitAsync("neighbour");
        await StoreAsync(culprit.Id, job => WithLosses(job) with
        {
            State = JobState.Running, Attempt = 1, LeaseToken = job.LeaseToken + 1, Silo = "gone-4", StartedAt = job.DueAt, WaitedFor = WaitReason.Alone,
        });
        await StoreAsync(neighbour.Id, WithLosses);

        await RestartAsync();
        var end = await EndOfAsync(Jobs.GetHandle(culprit.Id));
        await Jobs.ResumeAsync(ScriptedJob.Class);
        var other = await EndOfAsync(Jobs.GetHandle(neighbour.Id));

        Assert.Equal((JobState.DeadLettered, JobError.EndsItsSilo, 4), (end.State, end.LastError?.Type, end.SiloLosses));
        Assert.Equal((JobState.Succeeded, 0), (other.State, other.SiloLosses));
        Assert.NotEqual(WaitReason.Alone, other.WaitedFor);
    }

    [SkippableFact]
    public async Task JobThatWasLostAmongOthers_RunsAgain()
    {
        await Jobs.PauseAsync(ScriptedJob.Class);
        var job = await SubmitAsync("innocent");
        await StoreAsync(job.Id, stored => WithLosses(stored) with
        {
            State = JobState.Running, Attempt = 1, LeaseToken = stored.LeaseToken + 1, Silo = "gone-4", StartedAt = stored.DueAt, WaitedFor = WaitReason.Suspected,
        });

        await RestartAsync();
        await Jobs.ResumeAsync(ScriptedJob.Class);
        var end = await EndOfAsync(Jobs.GetHandle(job.Id));

        Assert.Equal((JobState.Succeeded, WaitReason.Alone, 2), (end.State, end.WaitedFor, end.Attempt));
    }

    [SkippableFact]
    public async Task StrongSuspect_WaitsForTheOthers_ThenRunsAlone()
    {
        await Jobs.PauseAsync(ScriptedJob.Class);
        var suspect = await SubmitAsync("suspect");
        await StoreAsync(suspect.Id, WithLosses);
        await RestartAsync();
        var first = Script.Hold("first");
        var running = await Jobs.SubmitAsync(OtherJob.Class, new OtherJob("first"));
        await first.EnteredAsync();
        var gate = Script.Hold("suspect");

        await Jobs.ResumeAsync(ScriptedJob.Class);
        var wait = await UntilAsync(() => Jobs.ExplainAsync(suspect.Id), why => why.Reason == WaitReason.Alone);
        Assert.Contains("its silo was lost 3 times", wait.Explanation);
        first.Release();
        await gate.EnteredAsync();
        var last = await Jobs.SubmitAsync(OtherJob.Class, new OtherJob("last"));
        await UntilAsync(() => Jobs.ExplainAsync(last.Id), why => why.Reason == WaitReason.NoSilo);
        var alone = await Jobs.GetAsync(suspect.Id);
        Assert.Equal((WaitReason.Alone, 3), (alone.WaitedFor, alone.SiloLosses));
        gate.Release();

        Assert.Equal(JobState.Succeeded, (await EndOfAsync(Jobs.GetHandle(suspect.Id))).State);
        Assert.Equal(JobState.Succeeded, (await EndOfAsync(last)).State);
        Assert.Equal(JobState.Succeeded, (await EndOfAsync(running)).State);
        Assert.Equal(1, Script.MostRunning);
    }

    private static JobRecord WithLosses(JobRecord job) => job with
    {
        SiloLosses = Silos.Length,
        Attempts = [.. Silos.Select((silo, index) => new JobAttempt(index + 1, silo, job.DueAt, job.DueAt, AttemptOutcome.Lost, null))],
    };

    /// <summary>Changes the job where it is stored; the grid hears of it when it starts again.</summary>
    private async Task StoreAsync(JobId id, Func<JobRecord, JobRecord> change)
    {
        var store = Services.GetRequiredService<IJobStore>();
        var job = (await store.FindAsync(id))!;
        Assert.True(await store.UpdateAsync(change(job) with { Version = job.Version + 1 }, job.State));
    }
}
