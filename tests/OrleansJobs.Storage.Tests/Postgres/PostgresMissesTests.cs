using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.GroupCommit;
using OrleansJobs.Postgres;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Postgres;

/// <summary>A write whose connection was lost at the commit is written again; these play the second time.</summary>
public sealed class PostgresMissesTests : PostgresTest
{
    [SkippableFact]
    public async Task InsertAgain_OfTheOwnRow_IsInserted()
    {
        var job = await Store.AddAsync(Jobs.New() with { SubmittedAt = Jobs.Now.AddTicks(3) });

        Assert.Equal(InsertStatus.Inserted, (await InsertAgainAsync(job, isUnclear: true)).Status);
        Assert.Equal(InsertStatus.IdTaken, (await InsertAgainAsync(job, isUnclear: false)).Status);
        Assert.Equal(1, (await Store.CountAsync())["email"].Queued);
    }

    [SkippableFact]
    public async Task InsertAgain_OfAnotherSubmission_IsIdTaken()
    {
        var job = await Store.AddAsync(Jobs.New());

        Assert.Equal(InsertStatus.IdTaken, (await InsertAgainAsync(job with { Payload = "other"u8.ToArray() }, isUnclear: true)).Status);
    }

    [SkippableFact]
    public async Task UpdateAgain_OfTheOwnChange_IsTrue()
    {
        var job = await Store.AddAsync(Jobs.New());
        var running = await Store.WriteAsync(job, job.Start());

        Assert.True(await UpdateAgainAsync(running, JobState.Queued, isUnclear: true));
        Assert.False(await UpdateAgainAsync(running, JobState.Queued, isUnclear: false));
        Assert.Equal(new JobCounts { Running = 1 }, (await Store.CountAsync())["email"]);
    }

    [SkippableFact]
    public async Task UpdateAgain_OfAnothersChange_IsFalse()
    {
        var job = await Store.AddAsync(Jobs.New());
        await Store.WriteAsync(job, job.Start("silo-2"));

        Assert.False(await UpdateAgainAsync(job.Start("silo-1"), JobState.Queued, isUnclear: true));
    }

    [SkippableFact]
    public async Task UpdateAgain_WhenTheJobHasMovedOn_CannotBeTold()
    {
        var job = await Store.AddAsync(Jobs.New());
        var running = await Store.WriteAsync(job, job.Start());
        await Store.WriteAsync(running, running.End());

        await Assert.ThrowsAsync<GridUnavailableException>(() => UpdateAgainAsync(running, JobState.Queued, isUnclear: true));
    }

    private async Task<InsertOutcome> InsertAgainAsync(JobRecord job, bool isUnclear)
    {
        var write = new StoreWrite.Insert(job);
        await RunAsync(write, isUnclear);
        return await write.Task;
    }

    private async Task<bool> UpdateAgainAsync(JobRecord next, JobState before, bool isUnclear)
    {
        var write = new StoreWrite.Update(next, before);
        await RunAsync(write, isUnclear);
        return await write.Task;
    }

    private async Task RunAsync(StoreWrite write, bool isUnclear)
    {
        await using var connection = await Harness.ConnectAsync();
        await PostgresGroupWrite.RunAsync(connection, Assert.Single(WriteGroup.Split([write])), isUnclear, lockWait: TimeSpan.FromSeconds(5));
        write.Answer();
    }
}
