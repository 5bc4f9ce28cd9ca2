using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace OrleansJobs.Storage.Tests.Harness;

/// <summary>
/// Stands before a server and, when it is told to, lets no more of what its clients send through: for the server they look like a process
/// that froze there.
/// </summary>
public sealed class FreezingProxy : IAsyncDisposable
{
    private static readonly byte[] Sync = [(byte)'S', 0, 0, 0, 4];
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _frozen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly List<Task> _running = [];
    private readonly Task _accepting;
    private readonly string _host;
    private readonly int _port;
    private bool _isArmed;
    private bool _isEnd;
    private int _left;

    private FreezingProxy(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Ends when nothing more is let through.</summary>
    public Task Frozen => _frozen.Task;

    public static (FreezingProxy Proxy, string ConnectionString) Before(string connectionString)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        var proxy = new FreezingProxy(target.Host!, target.Port);
        target.Port = ((IPEndPoint)proxy._listener.LocalEndpoint).Port;
        return (proxy, target.ConnectionString);
    }

    /// <summary>Lets so many bytes through from now on.</summary>
    public void FreezeAfter(int bytes)
    {
        lock (_lock)
        {
            (_isArmed, _isEnd, _left) = (true, false, bytes);
        }
    }

    /// <summary>Lets all through up to the message with which a client ends what the server is to do as one.</summary>
    public void FreezeBeforeTheEnd()
    {
        lock (_lock)
        {
            (_isArmed, _isEnd) = (true, true);
        }
    }

    /// <summary>Ends the connections that are frozen, and lets all through from now on.</summary>
    public void CutAndThaw()
    {
        lock (_lock)
        {
            _isArmed = false;
        }

        _cut.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _running.Add(ServeAsync(client));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(_host, _port, _stop.Token);
                await Task.WhenAny(
                    PumpAsync(client.GetStream(), server.GetStream(), Pass), PumpAsync(server.GetStream(), client.GetStream(), length => length.Length));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException)
            {
                // The connection ends.
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Func<ReadOnlyMemory<byte>, int> pass)
    {
        var buffer = new byte[8_192];
        while (true)
        {
            var read = await from.ReadAsync(buffer, _stop.Token);
            if (read == 0)
            {
                return;
            }

            var passed = pass(buffer.AsMemory(0, read));
            await to.WriteAsync(buffer.AsMemory(0, passed), _stop.Token);
            if (passed < read)
            {
                _frozen.TrySetResult();
                await _cut.Task.WaitAsync(_stop.Token);
                return;
            }
        }
    }

    private int Pass(ReadOnlyMemory<byte> bytes)
    {
        lock (_lock)
        {
            if (!_isArmed)
            {
                return bytes.Length;
            }

            if (_isEnd)
            {
                return bytes.Span.EndsWith(Sync) ? bytes.Length - Sync.Length : bytes.Length;
            }

            var passed = Math.Min(_left, bytes.Length);
            _left -= passed;
            return passed;
        }
    }
}
