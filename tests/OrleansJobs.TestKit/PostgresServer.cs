using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace OrleansJobs.TestKit;

/// <summary>
/// A PostgreSQL server of the tests' own: made from the installed programs in a temporary directory, on a free port of the loopback
/// address, and gone with the process at the latest. With <see cref="Variable"/> in the environment that server is used instead; it
/// cannot be stopped or killed.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The environment variable with the connection string of a server to use.</summary>
    public const string Variable = "ORLEANSJOBS_TEST_POSTGRES";

    private const string AtOnce = "QUIT";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);
    private readonly string? _directory;
    private readonly string? _binaries;
    private readonly bool _durable;
    private readonly string _adminConnectionString;
    private Process? _process;
    private int _databases;

    private PostgresServer(string adminConnectionString, string? directory, string? binaries, bool durable)
    {
        _adminConnectionString = adminConnectionString;
        _directory = directory;
        _binaries = binaries;
        _durable = durable;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>Why no server can be had here; null if one can.</summary>
    public static string? WhyUnavailable =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } || PostgresBinaries.Find() is not null
            ? null
            : $"There is no PostgreSQL: none is installed, and {Variable} is not set.";

    /// <summary>Whether this is a server of the tests' own, which can be stopped and killed.</summary>
    public bool IsOwn => _directory is not null;

    /// <summary>Starts a server.</summary>
    /// <param name="durable">Whether it waits for the disk; false is faster, for tests that kill nothing.</param>
    public static async Task<PostgresServer> StartAsync(bool durable = true)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return new PostgresServer(given, directory: null, binaries: null, durable);
        }

        var binaries = PostgresBinaries.Find() ?? throw new InvalidOperationException(WhyUnavailable);
        var directory = Directory.CreateTempSubdirectory("orleansjobs-postgres-").FullName;
        if (PostgresUser.Needed)
        {
            await RunAsync("chown", "-R", PostgresUser.Name, directory);
        }

        await InitializeAsync(
            directory, Path.Combine(binaries, "initdb"), "-D", DataOf(directory), "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale=C", "--no-sync");
        var connectionString = $"Host=127.0.0.1;Port={FreePort()};Username=postgres;Database=postgres";
        var server = new PostgresServer(connectionString, directory, binaries, durable);
        await server.RestartAsync();
        return server;
    }

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Environment.ProcessId}_{Guid.NewGuid():N}_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(_adminConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Stops the server in order: open transactions are rolled back, clients are told.</summary>
    public Task StopAsync() => EndAsync("INT");

    /// <summary>Ends the server as a crash would.</summary>
    public Task KillAsync() => EndAsync("QUIT");

    /// <summary>Starts the stopped server again, on the same port and data.</summary>
    public async Task RestartAsync()
    {
        if (_process is not null)
        {
            throw new InvalidOperationException("The server runs.");
        }

        var port = new NpgsqlConnectionStringBuilder(_adminConnectionString).Port;
        string[] durability = _durable ? [] : ["-c", "fsync=off", "-c", "full_page_writes=off"];
        _process = PostgresUser.Start(
            LogOf(_directory!),
            AtOnce,
        [
            Path.Combine(_binaries!, "postgres"), "-D", DataOf(_directory!), "-p", $"{port}",
            "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={_directory}", "-c", "max_connections=200",
            "-c", "shared_buffers=128MB", "-c", "max_wal_size=2GB", .. durability,
        ]);
        await WaitUntilReadyAsync();
    }

    /// <summary>Runs a statement in the server's own database.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(WithoutPool(_adminConnectionString));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Stops the server and removes its files.</summary>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        if (_process is not null)
        {
            await KillAsync();
        }

        if (_directory is not null)
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    private static string WithoutPool(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private static string DataOf(string directory) => Path.Combine(directory, "data");

    private static string LogOf(string directory) => Path.Combine(directory, "log");

    private static async Task InitializeAsync(string directory, params string[] command)
    {
        using var process = PostgresUser.Start(LogOf(directory), AtOnce, command);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command[0]} failed: {await File.ReadAllTextAsync(LogOf(directory))}");
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
    }

    private async Task WaitUntilReadyAsync()
    {
        using var timeout = new CancellationTokenSource(StartTimeout);
        while (true)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (!_process!.HasExited && !timeout.IsCancellationRequested)
            {
                // Not there yet; the server has no other way to tell that it is.
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    private async Task EndAsync(string signal)
    {
        var process = _process ?? throw new InvalidOperationException("The server does not run, or is not the tests' own.");
        _process = null;

        // The first line of this file is the server's process id.
        var id = File.ReadLines(Path.Combine(DataOf(_directory!), "postmaster.pid")).First();
        await RunAsync("kill", $"-{signal}", id);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void OnProcessExit(object? sender, EventArgs args)
    {
        if (_process is { HasExited: false } process)
        {
            process.StandardInput.Close();
            process.WaitForExit();
            Directory.Delete(_directory!, recursive: true);
        }
    }
}
