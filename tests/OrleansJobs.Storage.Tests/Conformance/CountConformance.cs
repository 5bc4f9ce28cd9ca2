using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;
using OrleansJobs.TestKit;

namespace OrleansJobs.Storage.Tests.Conformance;

public abstract class CountConformance : StoreConformance
{
    [SkippableFact]
    public async Task Count_OfAnEmptyStore_IsEmpty() => Assert.Empty(await Store.CountAsync());

    [SkippableFact]
    public async Task Count_FollowsEachMove()
    {
        var job = await Store.AddAsync(Jobs.New(dueAt: Jobs.Now.AddDays(1)));
        await AssertCountAsync(new JobCounts { Scheduled = 1 });
        var running = await Store.WriteAsync(job, job.Start());
        await AssertCountAsync(new JobCounts { Running = 1 });
        var retrying = await Store.WriteAsync(running, running with { Version = 3, State = JobState.Retrying });
        await AssertCountAsync(new JobCounts { Retrying = 1 });
        var again = await Store.WriteAsync(retrying, retrying.Start());
        var reported = await Store.WriteAsync(again, again with { Version = 5, Progress = new JobProgress(1, null, Jobs.Now) });
        await AssertCountAsync(new JobCounts { Running = 1 });
        var dead = await Store.WriteAsync(reported, reported.End(JobState.DeadLettered));
        await AssertCountAsync(new JobCounts { DeadLettered = 1 });
        var queued = await Store.WriteAsync(dead, dead.Requeue());
        await AssertCountAsync(new JobCounts { Queued = 1 });
        await Store.WriteAsync(queued, queued.End(JobState.Cancelled));
        await AssertCountAsync(new JobCounts { Cancelled = 1 });
    }

    [SkippableFact]
    public async Task Count_KeepsClassesApart()
    {
        await Store.InsertAllAsync([Jobs.New("a"), Jobs.New("b"), Jobs.New("b")]);
        await Store.AddEndedAsync(Jobs.New("a"));

        var counts = await Store.CountAsync();

        Assert.Equal(new JobCounts { Queued = 1, Succeeded = 1 }, counts["a"]);
        Assert.Equal(new JobCounts { Queued = 2 }, counts["b"]);
        Assert.Equal(2, counts.Count);
    }

    [SkippableFact]
    public async Task Count_AfterTwoSilosMovedManyJobs_IsWhatIsThere()
    {
        var other = await Harness.OpenAsync();
        var random = new Random(11);
        var jobs = Enumerable.Range(0, 400).Select(i => (Job: Jobs.New($"class{i % 5}"), Dice: random.Next(4))).ToList();

        await Task.WhenAll(jobs.Select(item => Task.Run(async () =>
        {
            var (job, dice) = item;
            await Task.WhenAll(Store.InsertAsync(job), other.InsertAsync(job));
            if (dice > 0)
            {
                await Task.WhenAll(Store.UpdateAsync(job.Start("a"), job.State), other.UpdateAsync(job.Start("b"), job.State));
            }

            if (dice > 1)
            {
                var running = job.Start();
                await Task.WhenAll(
                    Store.UpdateAsync(running.End(), running.State),
                    other.UpdateAsync(running.End(JobState.DeadLettered), running.State));
            }

            if (dice > 2)
            {
                await Store.PruneAsync(job.JobClass, Jobs.Now.AddDays(1), 1);
            }
        })));

        var counts = await Store.CountAsync();
        for (var i = 0; i < 5; i++)
        {
            foreach (var state in Enum.GetValues<JobState>())
            {
                var there = await Harness.ReadAsync($"SELECT count(*) FROM jobs WHERE class = 'class{i}' AND state = {(int)state}");
                Assert.Equal((i, state, there), (i, state, counts[$"class{i}"][state]));
            }
        }
    }

    private async Task AssertCountAsync(JobCounts expected) => Assert.Equal(expected, (await Store.CountAsync())["email"]);
}
