using System.Net.Sockets;
using System.Text;

namespace OrleansJobs.Benchmarks.Scenarios.Dashboards;

/// <summary>Dashboards that are open: connections that follow the overview and the silos, and read what comes.</summary>
internal sealed class OpenDashboards : IAsyncDisposable
{
    private readonly List<TcpClient> _connections = [];
    private readonly List<Task> _readers = [];
    private long _bytes;

    /// <summary>Bytes that all of them have got.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Opens so many, and waits until each has got something.</summary>
    public static async Task<OpenDashboards> OpenAsync(Uri grid, int count)
    {
        var open = new OpenDashboards();
        for (var number = 0; number < count; number++)
        {
            await open.ConnectAsync(grid);
        }

        return open;
    }

    public async ValueTask DisposeAsync()
    {
        _connections.ForEach(connection => connection.Dispose());
        await Task.WhenAll(_readers);
    }

    private async Task ConnectAsync(Uri grid)
    {
        var connection = new TcpClient();
        _connections.Add(connection);
        await connection.ConnectAsync(grid.Host, grid.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /api/live?overview&silos HTTP/1.1\r\nHost: {grid.Authority}\r\nAccept: text/event-stream\r\n\r\n"));
        var buffer = new byte[64 * 1024];
        var read = await stream.ReadAsync(buffer);
        if (!Encoding.ASCII.GetString(buffer, 0, read).StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The live stream was refused: {Encoding.ASCII.GetString(buffer, 0, read)}");
        }

        _readers.Add(ReadAsync(stream, buffer));
    }

    private async Task ReadAsync(NetworkStream stream, byte[] buffer)
    {
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var read)
            {
                Interlocked.Add(ref _bytes, read);
            }
        }
        catch (IOException)
        {
            // It was closed.
        }
        catch (ObjectDisposedException)
        {
            // It was closed.
        }
    }
}
