using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Conformance;

public abstract class PruneConformance : StoreConformance
{
    [SkippableFact]
    public async Task Prune_RemovesOldEndedJobsOfTheClassOldestFirst()
    {
        var jobs = new List<JobRecord>();
        foreach (var (index, state) in new[] { JobState.Succeeded, JobState.DeadLettered, JobState.Cancelled, JobState.Succeeded }.Index())
        {
            jobs.Add(await Store.AddEndedAsync(Jobs.New(), state, Jobs.Now.AddHours(-index)));
        }

        var other = await Store.AddEndedAsync(Jobs.New("index"), finishedAt: Jobs.Now.AddHours(-9));

        Assert.Equal(2, await Store.PruneAsync("email", Jobs.Now, 2));
        Assert.Null(await Store.FindAsync(jobs[3].Id));
        Assert.Null(await Store.FindAsync(jobs[2].Id));
        Assert.Equal(1, await Store.PruneAsync("email", Jobs.Now, 2));
        Assert.Equal(0, await Store.PruneAsync("email", Jobs.Now, 2));

        Assert.NotNull(await Store.FindAsync(jobs[0].Id));
        Assert.NotNull(await Store.FindAsync(other.Id));
        Assert.Equal(new JobCounts { Succeeded = 1 }, (await Store.CountAsync())["email"]);
        Assert.Equal([jobs[0].Id], (await Store.ReadFinishedAsync("email", 0, 10)).Select(entry => entry.Job.Id));
    }

    [SkippableFact]
    public async Task Prune_LeavesOpenJobs()
    {
        var ended = await Store.AddEndedAsync(Jobs.New());
        await Store.WriteAsync(ended, ended.Requeue() with { FinishedAt = Jobs.Now.AddDays(-9) });
        await Store.AddAsync(Jobs.New());

        Assert.Equal(0, await Store.PruneAsync("email", Jobs.Now.AddDays(1), 10));
        Assert.Equal(new JobCounts { Queued = 2 }, (await Store.CountAsync())["email"]);
    }
}
