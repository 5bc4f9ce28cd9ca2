using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Sqlite;

/// <summary>The index of tags, which triggers keep for other programs and the store for itself.</summary>
public sealed class SqliteTagTests : IAsyncLifetime
{
    private const string CountTags = "SELECT count(*) FROM job_tags";
    private readonly SqliteHarness _harness = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task Insert_KeepsEachTagOnce_AndPruneTakesThemAway()
    {
        var store = await _harness.OpenAsync();
        await store.AddEndedAsync(Jobs.New() with { Tags = ["red", "blue", "red"] });
        var kept = await store.AddAsync(Jobs.New() with { Tags = ["red"] });
        Assert.Equal(InsertStatus.IdTaken, (await store.InsertAsync(kept with { Tags = ["green"] })).Status);
        Assert.Equal(3, await _harness.ReadAsync(CountTags));

        Assert.Equal(1, await store.PruneAsync("email", Jobs.Now.AddDays(1), 10));

        Assert.Equal(1, await _harness.ReadAsync(CountTags));
        Assert.Equal([kept.Id], (await store.ListAsync(new JobFilter { Tag = "red" }, null, 10, Jobs.Now)).Jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task Delete_ByAnotherProgram_TakesTheTagsAway()
    {
        var store = await _harness.OpenAsync();
        await store.AddAsync(Jobs.New() with { Tags = ["red", "blue"] });

        await _harness.ExecuteAsync("DELETE FROM jobs");

        Assert.Equal(0, await _harness.ReadAsync(CountTags));
    }
}
