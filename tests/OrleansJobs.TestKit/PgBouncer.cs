using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace OrleansJobs.TestKit;

/// <summary>A PgBouncer of the tests' own in front of a server of theirs; it is gone with the process at the latest.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);
    private readonly Process _process;
    private readonly string _directory;
    private readonly int _port;

    private PgBouncer(Process process, string directory, int port) => (_process, _directory, _port) = (process, directory, port);

    /// <summary>Why none can be had here; null if one can.</summary>
    public static string? WhyUnavailable => PostgresServer.WhyUnavailable
        ?? (Find() is null ? "There is no PgBouncer: it is not installed." : null);

    /// <summary>Starts one.</summary>
    /// <param name="server">A database on the server.</param>
    /// <param name="poolMode"><c>session</c>, <c>transaction</c> or <c>statement</c>.</param>
    /// <param name="settings">Further lines of its configuration.</param>
    public static async Task<PgBouncer> StartAsync(string server, string poolMode, params IReadOnlyList<string> settings)
    {
        var target = new NpgsqlConnectionStringBuilder(server);
        var directory = Directory.CreateTempSubdirectory("orleansjobs-pgbouncer-").FullName;
        var port = FreePort();
        string[] configuration =
        [
            "[databases]", $"* = host={target.Host} port={target.Port} user={target.Username}",
            "[pgbouncer]", "listen_addr = 127.0.0.1", $"listen_port = {port}", "unix_socket_dir =", "auth_type = any",
            $"auth_file = {directory}/users", $"pool_mode = {poolMode}", "max_client_conn = 500", .. settings,
        ];
        await File.WriteAllLinesAsync($"{directory}/ini", configuration);
        await File.WriteAllTextAsync($"{directory}/users", $"\"{target.Username}\" \"\"\n");
        if (PostgresUser.Needed)
        {
            using var chown = Process.Start("chown", ["-R", PostgresUser.Name, directory]);
            await chown.WaitForExitAsync();
        }

        var bouncer = new PgBouncer(PostgresUser.Start($"{directory}/log", "TERM", Find()!, $"{directory}/ini"), directory, port);
        await bouncer.WaitUntilReadyAsync();
        return bouncer;
    }

    /// <summary>The way to a database of the server through this pooler.</summary>
    public string Through(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = _port }.ConnectionString;

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, "pgbouncer")).FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private async Task WaitUntilReadyAsync()
    {
        using var timeout = new CancellationTokenSource(StartTimeout);
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, _port, timeout.Token);
                return;
            }
            catch (SocketException) when (!_process.HasExited && !timeout.IsCancellationRequested)
            {
                // Not there yet; it has no other way to tell that it is.
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }
}
