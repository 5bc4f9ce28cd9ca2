using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;
using OrleansJobs.TestKit;

namespace OrleansJobs.Storage.Tests.Conformance;

public abstract class PagingConformance : StoreConformance
{
    [SkippableFact]
    public async Task ReadWaiting_PageByPage_GivesAllInDispatchOrder()
    {
        var random = new Random(3);
        var jobs = Enumerable.Range(0, 60).Select(_ => Jobs.New(tenant: "a") with
        {
            Priority = random.Next(4, 7),
            DueAt = Jobs.Now.AddTicks(random.Next(0, 40)),
        }).ToList();
        await Store.InsertAllAsync(jobs);

        var read = new List<WaitingJob>();
        IReadOnlyList<WaitingJob> page;
        do
        {
            page = await Store.ReadWaitingAsync("email", "a", read.LastOrDefault(), Jobs.Now.AddSeconds(1), 7);
            read.AddRange(page);
        }
        while (page.Count == 7);

        var expected = jobs.OrderByDescending(job => job.Priority).ThenBy(job => job.DueAt.Ticks / 10).ThenBy(job => job.Id);
        Assert.Equal(expected.Select(job => job.Id), read.Select(job => job.Id));
    }

    [SkippableFact]
    public async Task ReadWaiting_AfterAJobHeldInMemory_GoesOnBehindIt()
    {
        // A time finer than the store keeps must not make the job come again.
        var job = Jobs.New() with { DueAt = Jobs.Now.AddTicks(7) };
        var next = Jobs.New() with { DueAt = Jobs.Now.AddTicks(9) };
        await Store.InsertAllAsync([job, next]);

        var page = await Store.ReadWaitingAsync("email", "", job.ToWaiting(), Jobs.Now.AddSeconds(1), 10);

        Assert.Equal([next.Id], page.Select(waiting => waiting.Id));
    }

    [SkippableFact]
    public async Task ReadWaiting_LeavesOutWhatIsNotItsOwn()
    {
        var mine = await Store.AddAsync(Jobs.New(tenant: "a") with { Cost = 4 });
        await Store.AddAsync(Jobs.New(tenant: "b"));
        await Store.AddAsync(Jobs.New("index", "a"));
        await Store.AddAsync(Jobs.New(tenant: "a", dueAt: Jobs.Now.AddMinutes(1)));
        await Store.AddEndedAsync(Jobs.New(tenant: "a"));
        var running = await Store.AddAsync(Jobs.New(tenant: "a"));
        await Store.WriteAsync(running, running.Start());

        var page = await Store.ReadWaitingAsync("email", "a", null, Jobs.Now, 10);

        Assert.Equal([mine.ToWaiting()], page);
    }

    [SkippableFact]
    public async Task ReadTenants_PageByPage_GivesThoseWithWaitingJobsInOrder()
    {
        foreach (var tenant in new[] { "b", "", "a", "B", "ä", "b", "c" })
        {
            await Store.AddAsync(Jobs.New(tenant: tenant));
        }

        await Store.AddAsync(Jobs.New(tenant: "later", dueAt: Jobs.Now.AddDays(1)));
        await Store.AddAsync(Jobs.New("index", "other"));
        await Store.AddEndedAsync(Jobs.New(tenant: "ended"));

        Assert.Equal(["", "B", "a"], await Store.ReadTenantsAsync("email", null, 3));
        Assert.Equal(["b", "c", "later", "ä"], await Store.ReadTenantsAsync("email", "a", 100));
        Assert.Empty(await Store.ReadTenantsAsync("email", "ä", 100));
        Assert.Empty(await Store.ReadTenantsAsync("unknown", null, 100));
    }

    [SkippableFact]
    public async Task ReadDue_PageByPage_GivesLaterJobsOfAllTenantsInOrder()
    {
        var due = Jobs.Now.AddMinutes(1);
        var jobs = Enumerable.Range(0, 9).Select(i => Jobs.New(tenant: $"t{i}", dueAt: due.AddSeconds(i / 3))).ToList();
        await Store.InsertAllAsync(jobs.AsEnumerable().Reverse().ToList());
        await Store.AddAsync(Jobs.New());
        await Store.AddAsync(Jobs.New("index", dueAt: due));

        var read = new List<WaitingJob>(await Store.ReadDueAsync("email", Jobs.Now, null, 2));
        while (read.Count < 9)
        {
            read.AddRange(await Store.ReadDueAsync("email", read[^1].DueAt, read[^1].Id, 2));
        }

        Assert.Equal(jobs.Select(job => job.ToWaiting()), read);
        Assert.Empty(await Store.ReadDueAsync("email", read[^1].DueAt, read[^1].Id, 2));
        Assert.Equal(jobs.Skip(3).Select(job => job.Id), (await Store.ReadDueAsync("email", due, null, 100)).Select(job => job.Id));
    }

    [SkippableFact]
    public async Task ReadRunning_PageByPage_GivesRunningJobsWithoutBodies()
    {
        var jobs = Enumerable.Range(0, 5).Select(_ => Jobs.New()).ToList();
        await Store.InsertAllAsync(jobs);
        await Store.AddAsync(Jobs.New());
        var running = new List<JobRecord>();
        foreach (var job in jobs)
        {
            running.Add(await Store.WriteAsync(job, job.Start() with { Checkpoint = new byte[] { 1 } }));
        }

        var first = await Store.ReadRunningAsync("email", null, 3);
        var second = await Store.ReadRunningAsync("email", first[^1].Id, 3);

        Assert.Equal(3, first.Count);
        foreach (var (expected, actual) in running.Zip(first.Concat(second)))
        {
            RecordAssert.Same(expected with { Payload = default, Checkpoint = null }, actual);
        }

        Assert.Equal(2, second.Count);
    }
}
