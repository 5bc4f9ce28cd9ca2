using System.Net;
using OrleansJobs.Dashboard.Access;

namespace OrleansJobs.Dashboard.Hosting;

/// <summary>
/// Counts the open connections of each address up to a limit. This machine and trusted proxies are not counted: all who come through a proxy have its address,
/// and a limit for it would be one for all of them together, which there is already.
/// </summary>
/// <param name="limit">Connections that an address may have; null for any number.</param>
/// <param name="isExempt">Which addresses may have any number all the same.</param>
internal sealed class AddressCounts(int? limit, Func<IPAddress, bool> isExempt)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _open = [];

    public int? Limit => limit;

    /// <summary>Addresses that have connections now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Takes a place for a connection.</summary>
    /// <param name="from">Where it comes from; null if it has no address.</param>
    /// <param name="place">What <see cref="Leave"/> gets at its end; null when it is not counted.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryEnter(IPAddress? from, out IPAddress? place)
    {
        place = null;
        if (limit is not { } most || from is null || isExempt(ConnectionAddresses.Plain(from)))
        {
            return true;
        }

        var network = ConnectionAddresses.NetworkOf(ConnectionAddresses.Plain(from));
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(network);
            if (open >= most)
            {
                return false;
            }

            _open[network] = open + 1;
        }

        place = network;
        return true;
    }

    public void Leave(IPAddress place)
    {
        lock (_lock)
        {
            if (--_open[place] == 0)
            {
                _open.Remove(place);
            }
        }
    }
}
