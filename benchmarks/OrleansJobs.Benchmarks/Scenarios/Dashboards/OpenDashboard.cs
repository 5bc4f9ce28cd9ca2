using System.Net.Sockets;
using System.Text;

namespace OrleansJobs.Benchmarks.Scenarios.Dashboards;

/// <summary>A page that is open: a connection that follows what the page follows, and reads what comes.</summary>
internal sealed class OpenDashboard : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;
    private static ReadOnlySpan<byte> EventField => "event: "u8;

    private readonly TcpClient _connection;
    private readonly Task _reader;

    private OpenDashboard(TcpClient connection, string path)
    {
        _connection = connection;
        Path = path;
        _reader = ReadAsync(connection.GetStream());
    }

    public string Path { get; }

    /// <summary>Whether it has been told something.</summary>
    public bool HasNews { get; private set; }

    public static async Task<OpenDashboard> OpenAsync(Uri grid, string path)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(grid.Host, grid.Port);
        await connection.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {grid.Authority}\r\nAccept: text/event-stream\r\n\r\n"));
        return new OpenDashboard(connection, path);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _reader;
    }

    private async Task ReadAsync(NetworkStream stream)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var read)
            {
                HasNews |= buffer.AsSpan(0, read).IndexOf(EventField) >= 0;
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // It was closed.
        }
    }
}
