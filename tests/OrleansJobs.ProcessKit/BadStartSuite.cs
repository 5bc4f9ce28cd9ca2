using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit.Abstractions;

namespace OrleansJobs.ProcessKit;

/// <summary>Hosts that cannot start: they say why in a few lines and end with an error code.</summary>
public abstract class BadStartSuite(HostProgram program, SharedPostgres postgres, ITestOutputHelper output) : RefusalTest(program, postgres, output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public Task InvalidOptions_AreListedTogether() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var said = await RefusedAsync(grid, grid.Settings(
            "--JobGrid:Store=oracle", "--JobGrid:ShutdownTimeout=0s", "--JobGrid:Classes:probe:MaxLocalWorkers=-3", "--JobGrid:Classes:email:Rate=fast",
            "--JobGrid:Classes:nosuch:Paused=true", "--JobGrid:Workers:DrainTimeout=soon", "--JobGrid:Telemetry:SampleRatio=2", "--JobGrid:Audit:Changes:MaxEntries=1"));
        Assert.All(
            ["JobGrid:Store", "oracle", "ShutdownTimeout is '0s'", "MaxLocalWorkers", "-3", "email:Rate", "fast", "nosuch", "DrainTimeout", "soon",
                "SampleRatio is '2'", "MaxEntries is '1'"],
            text => Assert.Contains(text, said));
    });

    [SkippableFact]
    public Task UnknownKeys_AreListedTogether() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var said = await RefusedAsync(grid, grid.Settings(
            "--JobGrid:Clases:email:Rate=1/s", "--JobGrid:Classes:emial:Rate=1/s", "--JobGrid:Classes:email:Rat=1/s", "--JobGrid:Workers:DrainTimout=1s",
            "--JobGrid:Access:Kyes:ci:Role=viewer", "--JobGrid:Telemetry:Endpiont=x", "--JobGrid:ShutdownTimeoutSeconds=40") with
        {
            Environment = new Dictionary<string, string?> { ["JobGrid__Sqlite__Pth"] = "jobs.db" },
        });
        string[] faults =
        [
            "JobGrid:Clases is not a setting; did you mean JobGrid:Classes?",
            "JobGrid:Classes:emial is not a job class of this host; did you mean JobGrid:Classes:email?",
            "JobGrid:Classes:email:Rat is not a setting; did you mean JobGrid:Classes:email:Rate?",
            "JobGrid:Workers:DrainTimout is not a setting; did you mean JobGrid:Workers:DrainTimeout?",
            "JobGrid:Access:Kyes is not a setting; did you mean JobGrid:Access:Keys?",
            "JobGrid:Telemetry:Endpiont is not a setting; did you mean JobGrid:Telemetry:Endpoint?",
            "JobGrid:ShutdownTimeoutSeconds is not a setting; did you mean JobGrid:ShutdownTimeout?",
            "JobGrid:Sqlite:Pth is not a setting; did you mean JobGrid:Sqlite:Path?",
        ];
        Assert.All(faults, fault => Assert.Contains("- " + fault, said));
        Assert.Equal(faults.Length + 1, said.Split('\n').Length);
    });

    [SkippableFact]
    public Task ShutdownTimeout_ThatIsNoLongerThanADrain_IsNamed() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var said = await RefusedAsync(grid, grid.Settings("--JobGrid:ShutdownTimeout=29s"));
        Assert.All(["JobGrid:ShutdownTimeout is 29s", "DrainTimeout (25s)"], text => Assert.Contains(text, said));
    });

    [SkippableFact]
    public Task LeaseTimeout_TooShortForDispatchers_IsNamedAtStart() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var said = await RefusedAsync(grid, grid.Settings("--JobGrid:Workers:LeaseTimeout=500ms", "--JobGrid:Classes:probe:MaxLocalWorkers=-3"));
        Assert.All(["LeaseTimeout is 00:00:00.5", "MaxLocalWorkers"], text => Assert.Contains(text, said));
    });

    [SkippableFact]
    public Task TakenHttpPort_IsNamedBeforeTheStoreIsMade() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        using var stranger = new TcpListener(IPAddress.Loopback, Ports.Next());
        stranger.Start();
        var port = ((IPEndPoint)stranger.LocalEndpoint).Port;
        Assert.Contains($"JobGrid:Http:Url: port {port} of 127.0.0.1 is already in use", await RefusedAsync(grid, grid.Settings() with { HttpPort = port }));
        Assert.False(File.Exists(grid.SqlitePath));
    });

    [SkippableFact]
    public Task StartThatFails_IsToldInASentence() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        // The HTTP server starts last; it has no certificate.
        var said = await RefusedAsync(grid, grid.Settings($"--JobGrid:Http:Url=https://127.0.0.1:{Ports.Next()}", "--Logging:LogLevel:OrleansJobs=Warning", "--Logging:LogLevel:Orleans=Warning"));
        Assert.Contains("certificate", said);
    });

    [SkippableFact]
    public Task InvalidEnvironment_IsNamed() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var said = await RefusedAsync(grid, grid.Settings() with
        {
            Environment = new Dictionary<string, string?> { ["JobGrid__Classes__probe__Timeout"] = "never" },
        });
        Assert.All(["probe:Timeout", "never"], text => Assert.Contains(text, said));
    });

    [SkippableFact]
    public Task SqliteFile_ThatCannotBeUsed_IsNamed() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var missing = Path.Combine(grid.Folder, "no", "such", "jobs.db");
        Assert.Contains(missing, await RefusedAsync(grid, OnSqlite(grid, missing)));

        Assert.Contains(grid.Folder, await RefusedAsync(grid, OnSqlite(grid, grid.Folder)));

        var foreign = Path.Combine(grid.Folder, "foreign.db");
        await File.WriteAllTextAsync(foreign, string.Concat(Enumerable.Repeat("This is no database. ", 500)));
        Assert.Contains(foreign, await RefusedAsync(grid, OnSqlite(grid, foreign)));

        var newer = Path.Combine(grid.Folder, "newer.db");
        await MakeNewerAsync(newer);
        Assert.Contains("schema version 999", await RefusedAsync(grid, OnSqlite(grid, newer)));
    });

    [SkippableFact]
    public Task SqliteFile_OnAReadOnlyDisk_IsNamed() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        using var disk = SmallDisk.Mount(grid.Folder, megabytes: 8);
        var path = Path.Combine(disk.Path, "jobs.db");
        var host = await grid.StartAsync(OnSqlite(grid, path));
        await host.TerminateAsync(Patience);
        disk.MakeReadOnly();
        Assert.Contains(path, await RefusedAsync(grid, OnSqlite(grid, path)));
    });

    [SkippableFact]
    public Task PostgresDatabase_ThatCannotBeUsed_IsNamed() => OnGridAsync(StoreKind.Postgres, async grid =>
    {
        var right = new NpgsqlConnectionStringBuilder(grid.ConnectionString) { Timeout = 3 };
        Assert.Contains("nosuch", await RefusedAsync(grid, OnPostgres(grid, new(right.ConnectionString) { Database = "nosuch" })));

        var port = Ports.Next();
        Assert.Contains($"{port}", await RefusedAsync(grid, OnPostgres(grid, new(right.ConnectionString) { Port = port })));

        Assert.Contains("JobGrid:Postgres:ConnectionString", await RefusedAsync(grid, grid.Settings() with { Store = ["--JobGrid:Store=postgres"] }));

        await grid.Server!.ExecuteAsync($"ALTER DATABASE {right.Database} SET default_transaction_read_only = on");
        Assert.Contains("read-only", await RefusedAsync(grid, OnPostgres(grid, right)));
    });

    [SkippableFact]
    public Task PostgresSchema_ThatIsNewer_IsNamed() => OnGridAsync(StoreKind.Postgres, async grid =>
    {
        var host = await grid.StartAsync();
        await host.TerminateAsync(TimeSpan.FromSeconds(40));
        await using var connection = new NpgsqlConnection(grid.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("UPDATE orleansjobs_schema SET version = 999 WHERE version = (SELECT max(version) FROM orleansjobs_schema)", connection);
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
        Assert.Contains("schema version 999", await RefusedAsync(grid, host.Settings));
    });

    private static HostSettings OnSqlite(TestGrid grid, string path) => grid.Settings() with { Store = HostSettings.Sqlite(path) };

    private static HostSettings OnPostgres(TestGrid grid, NpgsqlConnectionStringBuilder database) =>
        grid.Settings() with { Store = HostSettings.Postgres(database.ConnectionString) };

    private static async Task MakeNewerAsync(string path)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            "CREATE TABLE orleansjobs_schema (version INTEGER PRIMARY KEY, migrated_at TEXT NOT NULL); INSERT INTO orleansjobs_schema VALUES (999, '')";
        await command.ExecuteNonQueryAsync();
    }
}
