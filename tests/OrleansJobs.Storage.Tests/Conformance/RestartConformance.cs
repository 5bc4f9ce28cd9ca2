using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Conformance;

public abstract class RestartConformance : StoreConformance
{
    [SkippableFact]
    public async Task Restart_KeepsJobsCountsAndPlaces()
    {
        var queued = await Store.AddAsync(Jobs.New());
        var ended = await Store.AddEndedAsync(Jobs.New());
        await Store.DisposeAsync();

        var store = await Harness.OpenAsync();
        var later = await store.AddEndedAsync(Jobs.New());

        RecordAssert.Same(queued, await store.FindAsync(queued.Id));
        Assert.Equal(new JobCounts { Queued = 1, Succeeded = 2 }, (await store.CountAsync())["email"]);
        Assert.Equal([ended.Id, later.Id], (await store.ReadFinishedAsync("email", 0, 10)).Select(entry => entry.Job.Id));
    }

    [SkippableFact]
    public async Task Initialize_Again_ChangesNothing()
    {
        var job = await Store.AddAsync(Jobs.New());

        await Store.InitializeAsync();

        Assert.NotNull(await Store.FindAsync(job.Id));
    }

    [SkippableFact]
    public async Task Initialize_ByManySilosAtOnce_MigratesOnce()
    {
        await using var empty = await MakeHarnessAsync();

        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(empty.Create)));
        await Task.WhenAll(stores.Select(store => Task.Run(() => store.InitializeAsync())));

        Assert.Equal(1, await empty.ReadAsync("SELECT count(*) FROM orleansjobs_schema WHERE version = 2"));
        foreach (var store in stores)
        {
            await store.AddAsync(Jobs.New());
            await store.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Initialize_WithANewerSchema_NamesBothVersions()
    {
        await Harness.ExecuteAsync("INSERT INTO orleansjobs_schema (version, migrated_at) VALUES (99, '2026-01-01')");
        await using var store = Harness.Create();

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => store.InitializeAsync());

        Assert.Contains("version 99", error.Message);
        Assert.Contains("up to 2", error.Message);
    }

    [SkippableFact]
    public async Task Use_BeforeInitialize_IsRefused()
    {
        await using var store = Harness.Create();

        await Assert.ThrowsAsync<InvalidOperationException>(() => store.CountAsync());
    }

    [SkippableFact]
    public async Task Dispose_WithWritesWaiting_FinishesThem()
    {
        var jobs = Enumerable.Range(0, 500).Select(_ => Jobs.New()).ToList();
        var writes = jobs.Select(Store.InsertAsync).ToList();

        await Store.DisposeAsync();

        Assert.All(await Task.WhenAll(writes), outcome => Assert.Equal(InsertStatus.Inserted, outcome.Status));
        Assert.Equal(500, await Harness.ReadAsync("SELECT count(*) FROM jobs"));
    }
}
