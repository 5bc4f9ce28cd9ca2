using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace OrleansJobs.Dashboard.Access;

/// <summary>
/// The sign-ins that there are. A cookie is only the number of one, so that one ends for whoever has the cookie: when its owner signs out, when its
/// time is over, or when nobody has used it for <see cref="OrleansJobsAccessOptions.SignInIdleTimeout"/>.
/// </summary>
internal sealed class SignIns(IOptions<OrleansJobsAccessOptions> access, TimeProvider time) : ITicketStore
{
    /// <summary>What a ticket calls its number.</summary>
    private const string IdItem = "orleansjobs:signin";
    private const string UsedItem = "orleansjobs:used";

    /// <summary>A use is written down once in this part of the idle timeout: a shared store is not written to by each call.</summary>
    private const int UsesInATimeout = 10;

    private readonly ITicketStore _store = access.Value.SignIns ?? new MemorySignIns();
    private readonly TimeSpan _idleTimeout = access.Value.SignInIdleTimeout;

    /// <summary>The number of a sign-in, for what outlasts the call that was made by it.</summary>
    public static string? IdOf(AuthenticationProperties? properties) => properties?.GetString(IdItem);

    public Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        Use(ticket);
        return _store.StoreAsync(ticket);
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket) => _store.RenewAsync(key, ticket);

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        if (await FindAsync(key) is not { } ticket)
        {
            return null;
        }

        if (time.GetUtcNow() - UsedAt(ticket) >= _idleTimeout / UsesInATimeout)
        {
            Use(ticket);
            await _store.RenewAsync(key, ticket);
        }

        ticket.Properties.Items[IdItem] = key;
        return ticket;
    }

    public Task RemoveAsync(string key) => _store.RemoveAsync(key);

    /// <summary>Whether a sign-in has not ended. To look is not to use it.</summary>
    public async Task<bool> IsOpenAsync(string key) => await FindAsync(key) is not null;

    private async Task<AuthenticationTicket?> FindAsync(string key)
    {
        var ticket = await _store.RetrieveAsync(key);
        if (ticket is null || time.GetUtcNow() - UsedAt(ticket) < _idleTimeout)
        {
            return ticket;
        }

        await _store.RemoveAsync(key);
        return null;
    }

    private void Use(AuthenticationTicket ticket) => ticket.Properties.Items[UsedItem] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset UsedAt(AuthenticationTicket ticket) =>
        DateTimeOffset.TryParse(ticket.Properties.GetString(UsedItem), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
            ? at
            : DateTimeOffset.MinValue;
}
