namespace OrleansJobs;

/// <summary>Keeps who did what to the grid.</summary>
public interface IAuditTrail
{
    /// <summary>Adds an entry, and gives it the next sequence. When this ends the entry is as durable as the trail is.</summary>
    Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Reads entries, newest first.</summary>
    /// <param name="cursor">Where to go on; null for the newest.</param>
    /// <param name="limit">Entries on the page, from 1 to <see cref="JobLimits.MaxPageSize"/>.</param>
    /// <param name="kind">The kind of which entries are wanted; null for all.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="InvalidRequestException">The cursor is not valid.</exception>
    Task<AuditPage> ReadAsync(string? cursor, int limit, AuditKind? kind = null, CancellationToken cancellationToken = default);
}
