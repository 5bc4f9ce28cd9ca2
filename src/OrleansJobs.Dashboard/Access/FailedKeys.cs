using System.Net;

namespace OrleansJobs.Dashboard.Access;

/// <summary>
/// Counts wrong keys by the address that they came from, from the first one for a fixed window. Not by the name that they bear: who is
/// stopped under some names and not under others learns which names there are.
/// </summary>
internal sealed class FailedKeys(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Window> _windows = [];
    private readonly Queue<(IPAddress Network, long Begin)> _order = [];

    /// <summary>Counts kept now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _windows.Count;
            }
        }
    }

    /// <summary>How long wrong keys from there are not told from one another any more; null when they are.</summary>
    public TimeSpan? Barred(IPAddress? address)
    {
        lock (_lock)
        {
            Forget();
            return _windows.TryGetValue(NetworkOf(address), out var window) && window.Failures >= AccessLimits.MaxFailedKeys
                ? AccessLimits.FailedKeyWindow - time.GetElapsedTime(window.Begin)
                : null;
        }
    }

    public void Add(IPAddress? address)
    {
        lock (_lock)
        {
            Forget();
            var network = NetworkOf(address);
            if (_windows.TryGetValue(network, out var window))
            {
                _windows[network] = window with { Failures = window.Failures + 1 };
                return;
            }

            if (_windows.Count >= AccessLimits.MaxFailedKeyCounts)
            {
                _windows.Remove(_order.Dequeue().Network);
            }

            var begin = time.GetTimestamp();
            _windows.Add(network, new Window(begin, 1));
            _order.Enqueue((network, begin));
        }
    }

    /// <summary>Windows are equally long, so those that begin first end first.</summary>
    private void Forget()
    {
        while (_order.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Begin) >= AccessLimits.FailedKeyWindow)
        {
            _windows.Remove(_order.Dequeue().Network);
        }
    }

    private static IPAddress NetworkOf(IPAddress? address) => address is null ? IPAddress.None : ConnectionAddresses.NetworkOf(address);

    private readonly record struct Window(long Begin, int Failures);
}
