using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Benchmarks.Reporting;
using OrleansJobs.Storage;
using OrleansJobs.Postgres;
using OrleansJobs.Sqlite;
using OrleansJobs.TestKit;

namespace OrleansJobs.Benchmarks.Scenarios.Storage;

/// <summary>The scenarios that need no engine: a store alone, and the core's dispatcher on one.</summary>
internal sealed class StoreScenarios(Func<PostgresServer> server) : IAsyncDisposable
{
    /// <summary>The core's dispatcher with as many tenants in memory as it holds by default: all that there are.</summary>
    private const int AllTenants = BacklogFill.Tenants;

    /// <summary>With a quarter of them: tenants come into memory in turns.</summary>
    private const int SomeTenants = BacklogFill.Tenants / 4;

    private const string Sqlite = "sqlite";
    private static readonly int[] Writers = [64, 256, 512];
    private static readonly (string Name, int Jobs, int Tenants)[] Backlogs =
    [
        ("backlog-10k", 10_000, AllTenants), ("backlog-1m", 1_000_000, AllTenants), ("backlog-5m", 5_000_000, AllTenants),
        ("backlog-1m-ring", 1_000_000, SomeTenants),
    ];

    private readonly List<IJobStore> _stores = [];
    private readonly List<DirectoryInfo> _directories = [];

    public static IReadOnlyList<string> Names { get; } = [.. Writers.Select(WritesName), .. Backlogs.Select(backlog => backlog.Name)];

    public IEnumerable<Scenario> All() =>
    [
        .. Writers.Select(writers => Writes(writers, Sqlite, NewSqliteAsync)),
        .. Writers.Select(writers => Writes(writers, ScenarioList.Postgres, NewPostgresAsync)),
        .. Backlogs.Select(backlog => Dispatch(backlog.Name, backlog.Jobs, backlog.Tenants)),
    ];

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        _directories.ForEach(directory => directory.Delete(recursive: true));
    }

    private static string WritesName(int writers) => $"store-{writers}";

    private static Scenario Writes(int writers, string store, Func<Task<IJobStore>> create) =>
        new(WritesName(writers), "none", store, async jobs =>
        {
            await using var fresh = await create();
            return new Figure(await new StoreWrites(jobs, writers).RunAsync(fresh));
        });

    /// <summary>All runs share a store, because a long backlog takes longer to fill than to measure.</summary>
    private Scenario Dispatch(string name, int length, int tenants)
    {
        var backlog = new Backlog(length, tenants);
        IJobStore? store = null;
        return new Scenario(name, "core", Sqlite, async jobs => new Figure(await backlog.RunAsync(store ??= await NewFilledSqliteAsync(length), jobs)))
        {
            Unit = "leases/s",
        };
    }

    private Task<IJobStore> NewSqliteAsync() => NewSqliteAsync(NewPath());

    private Task<IJobStore> NewSqliteAsync(string path) =>
        AddAsync(new SqliteJobStore(new(path), NullLogger<SqliteJobStore>.Instance, TimeProvider.System));

    private async Task<IJobStore> NewFilledSqliteAsync(int jobs)
    {
        var path = NewPath();
        var store = await NewSqliteAsync(path);
        await using var index = await LaterIndex.TakeAsync(path, "jobs_waiting");
        await BacklogFill.FillAsync(store, jobs);
        return store;
    }

    private string NewPath()
    {
        var directory = Directory.CreateTempSubdirectory("orleansjobs-bench-");
        _directories.Add(directory);
        return Path.Combine(directory.FullName, "jobs.db");
    }

    private async Task<IJobStore> NewPostgresAsync() => await AddAsync(new PostgresJobStore(
        new(await server().CreateDatabaseAsync()), NullLogger<PostgresJobStore>.Instance, TimeProvider.System));

    private async Task<IJobStore> AddAsync(IJobStore store)
    {
        _stores.Add(store);
        await store.InitializeAsync();
        return store;
    }
}
