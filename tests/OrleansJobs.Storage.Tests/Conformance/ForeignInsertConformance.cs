using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Conformance;

public abstract class ForeignInsertConformance : StoreConformance
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public async Task ForeignInsert_OfClassAndPayload_IsAQueuedJob()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        await Harness.ExecuteAsync("""INSERT INTO jobs (class, payload) VALUES ('email', '{"to":"a@b.c"}')""");

        var listed = Assert.Single((await Store.ListAsync(new JobFilter(), null, 10, DateTimeOffset.UtcNow)).Jobs);
        var job = (await Store.FindAsync(listed.Id))!;

        Assert.Equal("""{"to":"a@b.c"}"""u8.ToArray(), job.Payload.ToArray());
        Assert.Equal((JobState.Queued, 1L, JobLimits.DefaultPriority, 1), (job.State, job.Version, job.Priority, job.Cost));
        Assert.Equal((new RetryPolicy().MaxAttempts, JobSerializer.Json, ""), (job.MaxAttempts, job.ContentType, job.Tenant));
        Assert.InRange(job.DueAt, before, DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.InRange(job.SubmittedAt, before, DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.Equal(7, job.Id.Value.Version);
        Assert.InRange(job.Id.Value.Variant, 8, 11);
        Assert.True(job.Id < JobId.New(DateTimeOffset.UtcNow.AddSeconds(1)) && job.Id > JobId.New(before));
    }

    [SkippableFact]
    public async Task ForeignInsert_IsCountedDispatchedAndRun()
    {
        await Harness.ExecuteAsync("INSERT INTO jobs (class, tenant) VALUES ('email', 'acme'), ('email', 'acme'), ('index', '')");

        Assert.Equal(new JobCounts { Queued = 2 }, (await Store.CountAsync())["email"]);
        Assert.Equal(["acme"], await Store.ReadTenantsAsync("email", null, 10));
        var waiting = await Store.ReadWaitingAsync("email", "acme", null, DateTimeOffset.UtcNow.AddMinutes(1), 10);
        Assert.Equal(2, waiting.Count);

        var job = (await Store.FindAsync(waiting[0].Id))!;
        var running = await Store.WriteAsync(job, job.Start());
        await Store.WriteAsync(running, running.End());

        Assert.Equal(new JobCounts { Queued = 1, Succeeded = 1 }, (await Store.CountAsync())["email"]);
        Assert.Equal(new JobCounts { Queued = 1 }, (await Store.CountAsync())["index"]);
    }

    [SkippableFact]
    public async Task ForeignInsert_WithTagsAndKey_IsFoundByThem()
    {
        await Harness.ExecuteAsync("""INSERT INTO jobs (class, tags, unique_key) VALUES ('email', '["red","blue"]', 'k')""");

        var job = Assert.Single((await Store.ListAsync(new JobFilter { Tag = "blue" }, null, 10, Jobs.Now)).Jobs);

        Assert.Equal(["red", "blue"], job.Tags);
        Assert.Equal(new InsertOutcome(InsertStatus.UniqueKeyTaken, job.Id), await Store.InsertAsync(Jobs.New() with { UniqueKey = "k" }));
    }

    [SkippableFact]
    public async Task WatchForeignInserts_WhenAnotherProgramInserts_Tells()
    {
        using var timeout = new CancellationTokenSource(Patience);
        await using var watch = Store.WatchForeignInsertsAsync(timeout.Token).GetAsyncEnumerator(timeout.Token);

        // The first one says that watching has begun.
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal("", watch.Current);

        await Harness.ExecuteAsync("INSERT INTO jobs (class) VALUES ('email')");

        Assert.True(await watch.MoveNextAsync(), "The insert was not noticed.");
        Assert.Contains(watch.Current, new[] { "", "email" });
        Assert.Single(await Store.ReadTenantsAsync("email", null, 10));
    }

    [SkippableFact]
    public async Task WatchForeignInserts_AfterTheStoreWasBusy_Tells()
    {
        using var timeout = new CancellationTokenSource(Patience);
        await using var watch = Store.WatchForeignInsertsAsync(timeout.Token).GetAsyncEnumerator(timeout.Token);
        Assert.True(await watch.MoveNextAsync());
        for (var i = 0; i < 50; i++)
        {
            await Store.AddAsync(Jobs.New());
        }

        await Harness.ExecuteAsync("INSERT INTO jobs (class) VALUES ('email')");

        Assert.True(await watch.MoveNextAsync(), "The insert was not noticed.");
    }

    [SkippableFact]
    public async Task WatchForeignInserts_ForTheStoresOwnWrites_IsSilent()
    {
        using var stop = new CancellationTokenSource();
        var heard = new List<string>();
        var begun = new TaskCompletionSource();
        var watching = Task.Run(async () =>
        {
            await foreach (var jobClass in Store.WatchForeignInsertsAsync(stop.Token))
            {
                heard.Add(jobClass);
                begun.TrySetResult();
                if (jobClass == "last")
                {
                    return;
                }
            }
        });
        await begun.Task.WaitAsync(Patience);

        for (var i = 0; i < 20; i++)
        {
            await Store.AddEndedAsync(Jobs.New());
        }

        // A foreign row after them: had they been announced, they would have been so before it.
        await Harness.ExecuteAsync("INSERT INTO jobs (class) VALUES ('last')");
        if (!ReferenceEquals(watching, await Task.WhenAny(watching, UntilAsync(() => heard.Count >= 2))))
        {
            await stop.CancelAsync();
        }

        await watching.WaitAsync(Patience);
        Assert.Equal(2, heard.Count);
    }

    [SkippableFact]
    public async Task WatchForeignInserts_WhenCancelled_Ends()
    {
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var watching = Task.Run(async () =>
        {
            await foreach (var _ in Store.WatchForeignInsertsAsync(stop.Token))
            {
                begun.TrySetResult();
            }
        });
        await begun.Task.WaitAsync(Patience);

        await stop.CancelAsync();

        await watching.WaitAsync(Patience);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
