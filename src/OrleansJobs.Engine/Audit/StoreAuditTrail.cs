using System.Globalization;
using System.Text.Json;
using OrleansJobs.Http;
using OrleansJobs.Storage;

namespace OrleansJobs.Engine.Audit;

/// <summary>The audit trail in the job store: it outlives the process, and all silos of a cluster write the same one.</summary>
internal sealed class StoreAuditTrail : IAuditTrail
{
    private readonly IJobStore _store;
    private readonly AuditOptions _options;
    private readonly TimeProvider _time;

    /// <exception cref="InvalidOptionsException">An option is out of range.</exception>
    public StoreAuditTrail(IJobStore store, AuditOptions options, TimeProvider time)
    {
        if (options.Check() is { Count: > 0 } faults)
        {
            throw new InvalidOptionsException(faults);
        }

        (_store, _options, _time) = (store, options, time);
    }

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default) => _store.AppendAuditAsync(
        entry.At,
        JsonSerializer.Serialize(entry, JobsHttpJson.Options),
        new AuditBounds(_options.MaxEntries, _time.GetUtcNow() - _options.MaxAge)).WaitAsync(cancellationToken);

    public async Task<AuditPage> ReadAsync(string? cursor, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var rows = await _store.ReadAuditAsync(SequenceOf(cursor), limit + 1).WaitAsync(cancellationToken);
        var page = rows.Take(limit).Select(EntryOf).ToList();
        return new AuditPage(page, rows.Count > limit ? page[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static AuditEntry EntryOf(AuditRow row) =>
        JsonSerializer.Deserialize<AuditEntry>(row.Document, JobsHttpJson.Options)! with { Sequence = row.Sequence };

    private static long SequenceOf(string? cursor) => cursor switch
    {
        null => long.MaxValue,
        _ when long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) => sequence,
        _ => throw new InvalidRequestException($"The cursor '{cursor}' is not valid."),
    };
}
