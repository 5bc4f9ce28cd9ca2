using System.Net;
using System.Net.Sockets;

namespace OrleansJobs.Dashboard.Access;

/// <summary>
/// Counts wrong keys by the address that they came from and the name that they bear, each from its first one for a fixed window. By the name
/// too, so that one client with an old key does not lock out the others behind the same proxy.
/// </summary>
internal sealed class FailedKeys(TimeProvider time)
{
    private const int NetworkBytes = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<(IPAddress, string), Window> _windows = [];
    private readonly Queue<((IPAddress, string) Key, long Begin)> _order = [];

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

    /// <summary>How long no more keys are looked at; null when they are.</summary>
    public TimeSpan? Barred(IPAddress? address, string name)
    {
        lock (_lock)
        {
            Forget();
            return _windows.TryGetValue(KeyOf(address, name), out var window) && window.Failures >= AccessLimits.MaxFailedKeys
                ? AccessLimits.FailedKeyWindow - time.GetElapsedTime(window.Begin)
                : null;
        }
    }

    public void Add(IPAddress? address, string name)
    {
        lock (_lock)
        {
            Forget();
            var key = KeyOf(address, name);
            if (_windows.TryGetValue(key, out var window))
            {
                _windows[key] = window with { Failures = window.Failures + 1 };
                return;
            }

            if (_windows.Count >= AccessLimits.MaxFailedKeyCounts)
            {
                _windows.Remove(_order.Dequeue().Key);
            }

            var begin = time.GetTimestamp();
            _windows.Add(key, new Window(begin, 1));
            _order.Enqueue((key, begin));
        }
    }

    /// <summary>Windows are equally long, so those that begin first end first.</summary>
    private void Forget()
    {
        while (_order.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Begin) >= AccessLimits.FailedKeyWindow)
        {
            _windows.Remove(_order.Dequeue().Key);
        }
    }

    private static (IPAddress, string) KeyOf(IPAddress? address, string name) => (NetworkOf(address ?? IPAddress.None), name);

    /// <summary>Whoever has one address of IPv6 has the 2^64 of its network.</summary>
    private static IPAddress NetworkOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? new IPAddress([.. address.GetAddressBytes().AsSpan(0, NetworkBytes), .. new byte[NetworkBytes]])
        : address;

    private readonly record struct Window(long Begin, int Failures);
}
