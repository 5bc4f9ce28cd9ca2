using OrleansJobs.TestKit;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests.Support;

/// <summary>A store, silos on it, and what their probes did.</summary>
internal sealed class TestGrid : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orleansjobs-cluster-").FullName;
    private readonly List<SiloProcess> _silos = [];
    private readonly IReadOnlyList<string> _store;
    private readonly Dictionary<int, long> _kills = [];
    private bool _keepFolder;

    private TestGrid(PostgresServer? server, string? connectionString)
    {
        Server = server;
        ConnectionString = connectionString;
        EffectsFolder = Directory.CreateDirectory(Path.Combine(_folder, "effects")).FullName;
        _store = connectionString is null ? SiloSettings.Sqlite(SqlitePath) : SiloSettings.Postgres(connectionString);
    }

    /// <summary>The PostgreSQL server, if the jobs are there.</summary>
    public PostgresServer? Server { get; }

    public string? ConnectionString { get; }

    public string Folder => _folder;

    public string SqlitePath => Path.Combine(_folder, "jobs.db");

    public string EffectsFolder { get; }

    /// <summary>Runs a test on a new grid.</summary>
    public static async Task RunAsync(StoreKind store, SharedPostgres postgres, ITestOutputHelper output, Func<TestGrid, Task> test)
    {
        using var grid = await CreateAsync(store, postgres);
        await grid.WatchAsync(output, () => test(grid));
    }

    public static async Task<TestGrid> CreateAsync(StoreKind store, SharedPostgres postgres)
    {
        var server = store == StoreKind.Postgres ? await postgres.GetAsync() : null;
        return new TestGrid(server, server is null ? null : await server.CreateDatabaseAsync());
    }

    /// <summary>Runs a test; when it fails, the ends of the silos' logs are in its output, and the whole logs and traces stay.</summary>
    public async Task WatchAsync(ITestOutputHelper output, Func<Task> test)
    {
        try
        {
            await test();
        }
        catch (Exception error) when (error is not SkipException)
        {
            _keepFolder = true;
            output.WriteLine($"The logs and traces stay in {_folder}.");
            _silos.ForEach(silo => output.WriteLine(silo.Tail()));
            throw;
        }
    }

    public SiloSettings Settings(params IReadOnlyList<string> options) => new()
    {
        Name = $"silo{_silos.Count + 1}",
        Folder = _folder,
        EffectsFolder = EffectsFolder,
        Store = _store,
        Options = options,
    };

    /// <summary>Starts a silo.</summary>
    public Task<SiloProcess> StartAsync(params IReadOnlyList<string> options) => StartAsync(Settings(options));

    public async Task<SiloProcess> StartAsync(SiloSettings settings) => Keep(await SiloProcess.StartAsync(settings));

    /// <summary>Starts silos, one beside the other.</summary>
    public async Task<IReadOnlyList<SiloProcess>> StartManyAsync(int count, params IReadOnlyList<string> options)
    {
        var settings = Enumerable.Range(1, count).Select(number => Settings(options) with { Name = $"silo{_silos.Count + number}" }).ToList();
        var silos = await Task.WhenAll(settings.Select(one => SiloProcess.StartAsync(one)));
        _silos.AddRange(silos);
        return silos;
    }

    /// <summary>Kills a silo as <c>kill -9</c> does.</summary>
    public async Task KillAsync(SiloProcess silo)
    {
        await silo.KillAsync();
        _kills[silo.Id] = silo.KilledAt!.Value;
    }

    /// <summary>Starts a silo that has ended again: the same settings, the same ports.</summary>
    public async Task<SiloProcess> RestartAsync(SiloProcess silo) =>
        Keep(await SiloProcess.StartAsync(silo.Settings, keepPorts: true));

    /// <summary>Starts a silo that is not expected to become ready, or not at once.</summary>
    public SiloProcess Launch(SiloSettings settings) => Keep(SiloProcess.Launch(settings));

    public Effects Effects() => Support.Effects.Read(EffectsFolder, _kills);

    public void Dispose()
    {
        _silos.ForEach(silo => silo.Dispose());
        if (!_keepFolder)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private SiloProcess Keep(SiloProcess silo)
    {
        _silos.Add(silo);
        return silo;
    }
}
