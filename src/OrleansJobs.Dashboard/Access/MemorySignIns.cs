using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace OrleansJobs.Dashboard.Access;

/// <summary>The sign-ins of this process, gone with it: the newest <see cref="AccessLimits.MaxSignInsPerKey"/> of each key.</summary>
internal sealed class MemorySignIns : ITicketStore
{
    private const int IdBytes = 32;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, AuthenticationTicket> _tickets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _idsOfKeys = new(StringComparer.Ordinal);

    public Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
        lock (_lock)
        {
            var ids = IdsOf(ticket.Principal.Identity?.Name ?? "");
            if (ids.Count == AccessLimits.MaxSignInsPerKey)
            {
                _tickets.Remove(ids[0]);
                ids.RemoveAt(0);
            }

            ids.Add(id);
            _tickets.Add(id, ticket);
        }

        return Task.FromResult(id);
    }

    /// <summary>One that has ended meanwhile stays ended.</summary>
    public Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        lock (_lock)
        {
            if (_tickets.ContainsKey(key))
            {
                _tickets[key] = ticket;
            }
        }

        return Task.CompletedTask;
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        lock (_lock)
        {
            return Task.FromResult(_tickets.GetValueOrDefault(key));
        }
    }

    public Task RemoveAsync(string key)
    {
        lock (_lock)
        {
            _tickets.Remove(key);
        }

        return Task.CompletedTask;
    }

    /// <summary>The sign-ins of a key that have not ended, the oldest first.</summary>
    private List<string> IdsOf(string name)
    {
        if (!_idsOfKeys.TryGetValue(name, out var ids))
        {
            _idsOfKeys.Add(name, ids = []);
        }

        ids.RemoveAll(id => !_tickets.ContainsKey(id));
        return ids;
    }
}
