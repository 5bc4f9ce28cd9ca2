using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Conformance;

public abstract class UpdateConformance : StoreConformance
{
    [SkippableFact]
    public async Task Update_OfEverythingThatMayChange_ReadsBackTheSame()
    {
        var job = await Store.AddAsync(Jobs.New() with { Tags = ["a"], UniqueKey = "k" });
        var next = job with
        {
            Version = 2,
            State = JobState.Retrying,
            DueAt = Jobs.Now.AddTicks(12_345_678),
            Attempt = 2,
            LeaseToken = 3,
            Silo = "silo-2",
            SiloLosses = 1,
            WaitedFor = WaitReason.Rate,
            CancelRequested = true,
            StartedAt = Jobs.Now.AddSeconds(5),
            FinishedAt = Jobs.Now.AddSeconds(6),
            LastBackoff = TimeSpan.FromSeconds(9),
            Progress = new JobProgress(1, null, Jobs.Now),
            Checkpoint = new byte[] { 1 },
            Result = new byte[] { 2 },
            LastError = new JobError("timeout", "too long"),
            Attempts = [new JobAttempt(1, "silo-1", Jobs.Now, Jobs.Now, AttemptOutcome.Lost, null) { TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" }],
        };

        await Store.WriteAsync(job, next);

        RecordAssert.Same(next, await Store.FindAsync(job.Id));
    }

    [SkippableFact]
    public async Task Update_BackToNothing_ReadsBackNothing()
    {
        var job = await Store.AddAsync(Jobs.New());
        var running = await Store.WriteAsync(job, job.Start() with { Checkpoint = new byte[] { 1 }, LastError = new JobError("a", "b") });

        var next = await Store.WriteAsync(running, running.End() with { Checkpoint = null, LastError = null });

        RecordAssert.Same(next, await Store.FindAsync(job.Id));
    }

    [SkippableFact]
    public async Task Update_WithAnotherVersion_IsRefusedAndChangesNothing()
    {
        var job = await Store.AddAsync(Jobs.New());
        var running = await Store.WriteAsync(job, job.Start());

        Assert.False(await Store.UpdateAsync(job.Start("silo-2"), JobState.Queued));
        Assert.False(await Store.UpdateAsync(running.End() with { Version = 9 }, JobState.Running));

        RecordAssert.Same(running, await Store.FindAsync(job.Id));
        Assert.Equal(new JobCounts { Running = 1 }, (await Store.CountAsync())["email"]);
    }

    [SkippableFact]
    public async Task Update_OfAnUnknownJob_IsRefused()
    {
        Assert.False(await Store.UpdateAsync(Jobs.New().Start(), JobState.Queued));

        Assert.Equal(0, (await Store.CountAsync()).Values.Sum(counts => counts.Running));
    }

    [SkippableFact]
    public async Task Update_ManyOfOneJobInARow_AllTakeEffectInOrder()
    {
        var job = await Store.AddAsync(Jobs.New());
        var running = job.Start();

        var answers = await Task.WhenAll(
            Store.UpdateAsync(running, JobState.Queued),
            Store.UpdateAsync(running with { Version = 3, Progress = new JobProgress(0.5, null, Jobs.Now) }, JobState.Running),
            Store.UpdateAsync(running.End() with { Version = 4 }, JobState.Running));

        Assert.Equal([true, true, true], answers);
        Assert.Equal(4, (await Store.FindAsync(job.Id))!.Version);
        Assert.Equal(new JobCounts { Succeeded = 1 }, (await Store.CountAsync())["email"]);
    }

    [SkippableFact]
    public async Task Update_ByManyRivals_IsTrueForOne()
    {
        var job = await Store.AddAsync(Jobs.New());
        var other = await Harness.OpenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(
            i => (i % 2 == 0 ? Store : other).UpdateAsync(job.Start($"silo-{i}"), JobState.Queued)));

        var winner = Assert.Single(answers.Index(), answer => answer.Item);
        Assert.Equal($"silo-{winner.Index}", (await Store.FindAsync(job.Id))!.Silo);
        Assert.Equal(new JobCounts { Running = 1 }, (await Store.CountAsync())["email"]);
    }

    [SkippableFact]
    public async Task Update_WithTooLargeAResult_IsRefused()
    {
        var job = await Store.AddAsync(Jobs.New());

        await Assert.ThrowsAsync<PayloadTooLargeException>(
            () => Store.UpdateAsync(job.Start() with { Result = new byte[JobLimits.MaxResultBytes + 1] }, JobState.Queued));
    }
}
