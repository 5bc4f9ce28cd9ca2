using OrleansJobs.TestKit;
using Xunit.Abstractions;

namespace OrleansJobs.ProcessKit;

/// <summary>A store, hosts on it, and what their probes did.</summary>
internal sealed class TestGrid : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("orleansjobs-processes-").FullName;
    private readonly List<HostProcess> _hosts = [];
    private readonly HostProgram _program;
    private readonly IReadOnlyList<string> _store;
    private readonly Dictionary<int, long> _kills = [];
    private bool _keepFolder;

    private TestGrid(HostProgram program, PostgresServer? server, string? connectionString)
    {
        _program = program;
        Server = server;
        ConnectionString = connectionString;
        EffectsFolder = Directory.CreateDirectory(Path.Combine(_folder, "effects")).FullName;
        _store = connectionString is null ? HostSettings.Sqlite(SqlitePath) : HostSettings.Postgres(connectionString);
    }

    /// <summary>The PostgreSQL server, if the jobs are there.</summary>
    public PostgresServer? Server { get; }

    public string? ConnectionString { get; }

    public string Folder => _folder;

    public string SqlitePath => Path.Combine(_folder, "jobs.db");

    public string EffectsFolder { get; }

    /// <summary>Runs a test on a new grid.</summary>
    public static async Task RunAsync(
        HostProgram program, StoreKind store, SharedPostgres postgres, ITestOutputHelper output, Func<TestGrid, Task> test)
    {
        using var grid = await CreateAsync(program, store, postgres);
        await grid.WatchAsync(output, () => test(grid));
    }

    public static async Task<TestGrid> CreateAsync(HostProgram program, StoreKind store, SharedPostgres postgres)
    {
        var server = store == StoreKind.Postgres ? await postgres.GetAsync() : null;
        return new TestGrid(program, server, server is null ? null : await server.CreateDatabaseAsync());
    }

    /// <summary>Runs a test; when it fails, the ends of the hosts' logs are in its output, and the whole logs and traces stay.</summary>
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
            _hosts.ForEach(host => output.WriteLine(host.Tail()));
            throw;
        }
    }

    public HostSettings Settings(params IReadOnlyList<string> options) => new()
    {
        Program = _program,
        Name = $"host{_hosts.Count + 1}",
        Folder = _folder,
        EffectsFolder = EffectsFolder,
        Store = _store,
        Options = options,
    };

    /// <summary>Starts a host.</summary>
    public Task<HostProcess> StartAsync(params IReadOnlyList<string> options) => StartAsync(Settings(options));

    public async Task<HostProcess> StartAsync(HostSettings settings) => Keep(await HostProcess.StartAsync(settings));

    /// <summary>Starts hosts, one beside the other, and waits until each sees that all of them take jobs.</summary>
    public async Task<IReadOnlyList<HostProcess>> StartManyAsync(int count, params IReadOnlyList<string> options)
    {
        var settings = Enumerable.Range(1, count).Select(number => Settings(options) with { Name = $"host{_hosts.Count + number}" }).ToList();
        var hosts = await Task.WhenAll(settings.Select(one => HostProcess.StartAsync(one)));
        _hosts.AddRange(hosts);
        await Task.WhenAll(hosts.Select(host => Clock.UntilAsync(
            $"{host.Name} sees the pools of {count} hosts", ConnectTimeout, async () => (await host.Http.ClassAsync()).Pools.Count == count)));
        return hosts;
    }

    /// <summary>Kills a host as <c>kill -9</c> does.</summary>
    public async Task KillAsync(HostProcess host)
    {
        await host.KillAsync();
        _kills[host.Id] = host.KilledAt!.Value;
    }

    /// <summary>Starts a host that has ended again: the same settings, the same ports.</summary>
    public async Task<HostProcess> RestartAsync(HostProcess host) =>
        Keep(await HostProcess.StartAsync(host.Settings, keepPorts: true));

    /// <summary>Starts a host that is not expected to become ready, or not at once.</summary>
    public HostProcess Launch(HostSettings settings) => Keep(HostProcess.Launch(settings));

    public Effects Effects() => ProcessKit.Effects.Read(EffectsFolder, _kills);

    /// <summary>Waits until the probes have started so often, on whatever host.</summary>
    public Task WaitStartsAsync(int starts) =>
        Clock.UntilAsync($"{starts} starts", TimeSpan.FromSeconds(30), () => Effects().Runs.Count >= starts);

    public void Dispose()
    {
        _hosts.ForEach(host => host.Dispose());
        if (!_keepFolder)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private HostProcess Keep(HostProcess host)
    {
        _hosts.Add(host);
        return host;
    }
}
