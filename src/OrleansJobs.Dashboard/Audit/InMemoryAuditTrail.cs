using System.Globalization;

namespace OrleansJobs.Dashboard.Audit;

/// <summary>
/// The last <see cref="AccessLimits.MaxAuditEntries"/> changes on this process, and the last <see cref="AccessLimits.MaxAuditAccessEntries"/> entries of each
/// other kind; gone with it.
/// </summary>
internal sealed class InMemoryAuditTrail : IAuditTrail
{
    private readonly Lock _lock = new();
    private readonly Dictionary<AuditKind, Queue<AuditEntry>> _kinds = Enum.GetValues<AuditKind>().ToDictionary(kind => kind, _ => new Queue<AuditEntry>());
    private long _last;

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var entries = _kinds[entry.Kind];
            if (entries.Count == (entry.Kind == AuditKind.Change ? AccessLimits.MaxAuditEntries : AccessLimits.MaxAuditAccessEntries))
            {
                entries.Dequeue();
            }

            entries.Enqueue(entry with { Sequence = ++_last });
        }

        return Task.CompletedTask;
    }

    public Task<AuditPage> ReadAsync(string? cursor, int limit, AuditKind? kind = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var before = SequenceOf(cursor);
        List<AuditEntry> found;
        lock (_lock)
        {
            var wanted = kind is { } one ? _kinds[one] : _kinds.Values.SelectMany(entries => entries);
            found = [.. wanted.Where(entry => entry.Sequence < before).OrderByDescending(entry => entry.Sequence).Take(limit + 1)];
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
