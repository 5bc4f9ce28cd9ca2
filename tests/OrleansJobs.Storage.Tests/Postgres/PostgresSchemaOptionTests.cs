using Npgsql;
using OrleansJobs.Postgres;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Postgres;

/// <summary>Several grids in one database.</summary>
public sealed class PostgresSchemaOptionTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly List<IJobStore> _stores = [];
    private PostgresHarness? _harness;

    public async Task InitializeAsync() => _harness = await PostgresHarness.MakeAsync();

    public async Task DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        if (_harness is not null)
        {
            await _harness.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task TwoGrids_InTwoSchemas_DoNotSeeEachOther()
    {
        var (a, b) = (await OpenAsync("grid_a"), await OpenAsync("grid_b"));
        await using var owned = await a.OwnAsync(StoreClaim.Exclusive);
        await using var other = await b.OwnAsync(StoreClaim.Exclusive);
        var job = await a.AddAsync(Jobs.New() with { UniqueKey = "k" });
        await b.AddAsync(Jobs.New() with { UniqueKey = "k" });
        await b.AddAsync(Jobs.New());

        Assert.Equal(1, (await a.CountAsync())["email"].Queued);
        Assert.Equal(2, (await b.CountAsync())["email"].Queued);
        Assert.NotNull(await a.FindAsync(job.Id));
        Assert.Null(await b.FindAsync(job.Id));
        Assert.Equal(1, await _harness!.ReadAsync("SELECT count(*) FROM grid_a.jobs"));
        Assert.Equal(2, await _harness.ReadAsync("SELECT count(*) FROM grid_b.jobs_readable"));
        Assert.Equal(0, await _harness.ReadAsync("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"));
    }

    [SkippableFact]
    public async Task ForeignInsert_IsToldToItsGridAlone()
    {
        var (a, b) = (await OpenAsync("grid_a"), await OpenAsync("grid_b"));
        using var ends = new CancellationTokenSource(Patience);
        await using var heardByA = a.WatchForeignInsertsAsync(ends.Token).GetAsyncEnumerator();
        await using var heardByB = b.WatchForeignInsertsAsync(ends.Token).GetAsyncEnumerator();
        Assert.True(await heardByA.MoveNextAsync() && await heardByB.MoveNextAsync());

        await _harness!.ExecuteAsync("INSERT INTO grid_a.jobs (class) VALUES ('email')");
        await _harness.ExecuteAsync("INSERT INTO grid_b.jobs (class) VALUES ('index')");

        Assert.True(await heardByA.MoveNextAsync() && await heardByB.MoveNextAsync());
        Assert.Equal("email", heardByA.Current);
        Assert.Equal("index", heardByB.Current);
        Assert.Equal(1, (await a.CountAsync())["email"].Queued);
        Assert.False((await b.CountAsync()).ContainsKey("email"));
    }

    [SkippableFact]
    public async Task Initialize_OfManyAtOnce_MakesTheSchemaOnce()
    {
        var stores = Enumerable.Range(0, 6).Select(_ => Create("grid_a")).ToList();

        await Task.WhenAll(stores.Select(store => store.InitializeAsync()));

        Assert.Equal(1, await _harness!.ReadAsync("SELECT count(*) FROM pg_namespace WHERE nspname = 'grid_a'"));
    }

    [SkippableFact]
    public async Task Initialize_BesideATableOfAnotherProgram_NamesItAndTheWayOut()
    {
        await _harness!.ExecuteAsync("CREATE TABLE jobs (id int)");
        await using var store = _harness.Create();

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => store.InitializeAsync());

        Assert.Contains("'public.jobs'", error.Message, StringComparison.Ordinal);
        Assert.Contains("JobGrid:Postgres:Schema", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, await _harness.ReadAsync("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"));
        await (await OpenAsync("grid_a")).AddAsync(Jobs.New());
    }

    [SkippableFact]
    public async Task Initialize_WithoutASchema_GoesByTheSearchPath_AndFindsItsTablesAgain()
    {
        await _harness!.ExecuteAsync("CREATE SCHEMA first");
        var connection = new NpgsqlConnectionStringBuilder(_harness.ConnectionString) { SearchPath = "late,first,public" }.ConnectionString;
        await using (var store = PostgresHarness.Create(new(connection)))
        {
            await store.InitializeAsync();
            await store.AddAsync(Jobs.New());
        }

        // Now tables would be made elsewhere; the grid's are still where they were.
        await _harness.ExecuteAsync("CREATE SCHEMA late");
        await using var again = PostgresHarness.Create(new(connection));
        await again.InitializeAsync();

        Assert.Equal(1, (await again.CountAsync())["email"].Queued);
        Assert.Equal(1, await _harness.ReadAsync("SELECT count(*) FROM first.jobs"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Grid")]
    [InlineData("grid-a")]
    [InlineData("1grid")]
    [InlineData("pg_grid")]
    [InlineData("a\"; DROP TABLE jobs; --")]
    [InlineData("a123456789b123456789c123456789d123456789e123456789f123456789g123")]
    public void Schema_ThatIsNoName_IsRefused(string schema)
    {
        var error = Assert.Throws<InvalidOptionsException>(() => PostgresHarness.Create(new("Host=h;Database=d") { Schema = schema }));

        Assert.Contains($"Schema is '{schema}'", error.Message, StringComparison.Ordinal);
    }

    private IJobStore Create(string schema)
    {
        var store = PostgresHarness.Create(_harness!.Options with { Schema = schema });
        _stores.Add(store);
        return store;
    }

    private async Task<IJobStore> OpenAsync(string schema)
    {
        var store = Create(schema);
        await store.InitializeAsync();
        return store;
    }
}
