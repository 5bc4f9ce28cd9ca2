using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Conformance;

public abstract class DeleteConformance : StoreConformance
{
    [SkippableTheory]
    [InlineData(JobState.Succeeded)]
    [InlineData(JobState.DeadLettered)]
    [InlineData(JobState.Cancelled)]
    public async Task Delete_OfAnEndedJob_TakesAllThatBelongsToIt_AndNothingElse(JobState state)
    {
        var job = await Store.AddEndedAsync(Tagged() with { UniqueKey = "k" }, state);
        var kept = await Store.AddEndedAsync(Tagged(), state);
        await Store.AppendLogAsync([Line(job, "gone"), Line(kept, "kept")]);

        Assert.True(await Store.DeleteAsync(job.Id, job.Version));

        Assert.Null(await Store.FindAsync(job.Id));
        Assert.Null(await Store.FindByUniqueKeyAsync("email", "k"));
        Assert.Empty(await Store.ReadLogAsync(job.Id, 0, 10));
        Assert.Equal(2, await Harness.ReadAsync("SELECT count(*) FROM job_tags"));
        Assert.Equal(1, await CountOfAsync(state));
        Assert.Equal([kept.Id], (await Store.ReadFinishedAsync("email", 0, 10)).Select(entry => entry.Job.Id));
        Assert.Equal([kept.Id], (await Store.ListAsync(new() { Tag = "red" }, null, 10, Jobs.Now)).Jobs.Select(found => found.Id));
        Assert.Equal("kept", Assert.Single(await Store.ReadLogAsync(kept.Id, 0, 10)).Text);
    }

    [SkippableFact]
    public async Task Delete_FreesTheIdAndTheUniqueKey()
    {
        var job = await Store.AddEndedAsync(Tagged() with { UniqueKey = "k" });

        await Store.DeleteAsync(job.Id, job.Version);

        await Store.AddAsync(Tagged() with { Id = job.Id, UniqueKey = "k" });
        Assert.Equal(new JobCounts { Queued = 1 }, (await Store.CountAsync())["email"]);
        Assert.Equal(2, await Harness.ReadAsync("SELECT count(*) FROM job_tags"));
    }

    [SkippableFact]
    public async Task Delete_OfAnOpenJob_IsRefused()
    {
        var waiting = await Store.AddAsync(Jobs.New());
        var running = await Store.AddAsync(Jobs.New());
        running = await Store.WriteAsync(running, running.Start());

        Assert.False(await Store.DeleteAsync(waiting.Id, waiting.Version));
        Assert.False(await Store.DeleteAsync(running.Id, running.Version));

        Assert.Equal(new JobCounts { Queued = 1, Running = 1 }, (await Store.CountAsync())["email"]);
    }

    [SkippableFact]
    public async Task Delete_OfAnotherVersion_IsRefused()
    {
        var job = await Store.AddEndedAsync(Jobs.New(), JobState.DeadLettered);

        Assert.False(await Store.DeleteAsync(job.Id, job.Version - 1));
        Assert.False(await Store.DeleteAsync(job.Id, job.Version + 1));

        RecordAssert.Same(job, await Store.FindAsync(job.Id));
        Assert.Equal(1, await CountOfAsync(JobState.DeadLettered));
    }

    [SkippableFact]
    public async Task Delete_OfAJobThatIsGone_IsRefused()
    {
        var job = await Store.AddEndedAsync(Jobs.New());
        await Store.DeleteAsync(job.Id, job.Version);

        Assert.False(await Store.DeleteAsync(job.Id, job.Version));
        Assert.False(await Store.DeleteAsync(JobId.New(), 1));
        Assert.Equal(0, await CountOfAsync(JobState.Succeeded));
    }

    [SkippableFact]
    public async Task Delete_OfAJobThatARetryReopens_LeavesItOrHasIt_NeverBoth()
    {
        for (var round = 0; round < 40; round++)
        {
            var job = await Store.AddEndedAsync(Jobs.New(), JobState.DeadLettered);
            var (reopened, deleted) = (Store.UpdateAsync(job.Requeue(), job.State), Store.DeleteAsync(job.Id, job.Version));

            Assert.NotEqual(await reopened, await deleted);
            Assert.Equal(await reopened, await Store.FindAsync(job.Id) is { State: JobState.Queued });
        }

        var counts = (await Store.CountAsync())["email"];
        Assert.Equal((await Harness.ReadAsync("SELECT count(*) FROM jobs"), 0), (counts.Queued, counts.DeadLettered));
    }

    [SkippableFact]
    public async Task Delete_OfManyByRivalSilos_AmidOtherWrites_DeletesEachOnce()
    {
        var other = await Harness.OpenAsync();
        var jobs = await Task.WhenAll(Enumerable.Range(0, 200)
            .Select(i => Store.AddEndedAsync(Tagged(i % 2 == 0 ? "email" : "index"), (JobState)(4 + (i % 3)))));

        var writes = Enumerable.Range(0, 50).Select(_ => Store.AddEndedAsync(Jobs.New())).ToList();
        var answers = await Task.WhenAll(jobs.SelectMany(job => new[] { Store.DeleteAsync(job.Id, job.Version), other.DeleteAsync(job.Id, job.Version) }));
        await Task.WhenAll(writes);

        Assert.Equal(jobs.Length, answers.Count(deleted => deleted));
        var counts = await Store.CountAsync();
        Assert.Equal((new JobCounts { Succeeded = 50 }, new JobCounts()), (counts["email"], counts["index"]));
        Assert.Equal(0, await Harness.ReadAsync("SELECT count(*) FROM job_tags"));
    }

    [SkippableFact]
    public async Task Results_PastADeletedOne_GoOn()
    {
        var jobs = new List<JobRecord>();
        for (var i = 0; i < 4; i++)
        {
            jobs.Add(await Store.AddEndedAsync(Jobs.New()));
        }

        var read = await Store.ReadFinishedAsync("email", 0, 2);
        await Store.DeleteAsync(jobs[1].Id, jobs[1].Version);
        await Store.DeleteAsync(jobs[2].Id, jobs[2].Version);
        jobs.Add(await Store.AddEndedAsync(Jobs.New()));

        Assert.Equal(
            [jobs[3].Id, jobs[4].Id], (await Store.ReadFinishedAsync("email", read[^1].Sequence, 10)).Select(entry => entry.Job.Id));
    }

    [SkippableFact]
    public async Task Results_AfterTheLastOneWasDeleted_GoOnAbove()
    {
        var job = await Store.AddEndedAsync(Jobs.New());
        var read = Assert.Single(await Store.ReadFinishedAsync("email", 0, 10));
        await Store.DeleteAsync(job.Id, job.Version);

        var next = await Store.AddEndedAsync(Jobs.New());

        Assert.Equal(next.Id, Assert.Single(await Store.ReadFinishedAsync("email", read.Sequence, 10)).Job.Id);
    }

    private static JobRecord Tagged(string jobClass = "email") => Jobs.New(jobClass) with { Tags = ["red", "large"] };

    private static LoggedLine Line(JobRecord job, string text) =>
        new(job.Id, new JobLogLine(LoggedLine.SequenceOf(1, 0), Jobs.Now, 1, LogLevel.Information, text));

    private async Task<long> CountOfAsync(JobState state)
    {
        var counts = (await Store.CountAsync())["email"];
        return state switch
        {
            JobState.Succeeded => counts.Succeeded,
            JobState.DeadLettered => counts.DeadLettered,
            _ => counts.Cancelled,
        };
    }
}
