using System.Globalization;

namespace OrleansJobs.Dashboard.Audit;

/// <summary>The last <see cref="AccessLimits.MaxAuditEntries"/> acts on this process, gone with it.</summary>
internal sealed class InMemoryAuditTrail : IAuditTrail
{
    private readonly Lock _lock = new();
    private readonly Queue<AuditEntry> _entries = [];
    private long _last;

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_entries.Count == AccessLimits.MaxAuditEntries)
            {
                _entries.Dequeue();
            }

            _entries.Enqueue(entry with { Sequence = ++_last });
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
            found = [.. _entries.Reverse().SkipWhile(entry => entry.Sequence >= before).Take(limit + 1)];
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
