using System.Globalization;

namespace OrleansJobs.Dashboard.Audit;

/// <summary>
/// The last <see cref="AccessLimits.MaxAuditEntries"/> acts on this process, and the last <see cref="AccessLimits.MaxAuditAccessEntries"/> of those who
/// came to it; gone with it.
/// </summary>
internal sealed class InMemoryAuditTrail : IAuditTrail
{
    private readonly Lock _lock = new();
    private readonly Queue<AuditEntry> _acts = [];
    private readonly Queue<AuditEntry> _access = [];
    private long _last;

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var isAccess = AuditKind.IsOfAccess(entry);
            var entries = isAccess ? _access : _acts;
            if (entries.Count == (isAccess ? AccessLimits.MaxAuditAccessEntries : AccessLimits.MaxAuditEntries))
            {
                entries.Dequeue();
            }

            entries.Enqueue(entry with { Sequence = ++_last });
        }

        return Task.CompletedTask;
    }

    public Task<AuditPage> ReadAsync(string? cursor, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var before = SequenceOf(cursor);
        List<AuditEntry> found;
        lock (_lock)
        {
            found = [.. _acts.Concat(_access).Where(entry => entry.Sequence < before).OrderByDescending(entry => entry.Sequence).Take(limit + 1)];
        }

        var page = found.Take(limit).ToList();
        return Task.FromResult(new AuditPage(page, found.Count > limit ? page[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static long SequenceOf(string? cursor) => cursor switch
    {
        null => long.MaxValue,
        _ when long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) => sequence,
        _ => throw new InvalidRequestException($"The cursor '{cursor}' is not valid."),
    };
}
