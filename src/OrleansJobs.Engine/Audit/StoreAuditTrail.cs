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
        entry.At, entry.Kind, JsonSerializer.Serialize(entry, JobsHttpJson.Options), Bounds()).WaitAsync(cancellationToken);

    public async Task<AuditPage> ReadAsync(string? cursor, int limit, AuditKind? kind = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var rows = await _store.ReadAuditAsync(SequenceOf(cursor), limit + 1, kind).WaitAsync(cancellationToken);
        var page = rows.Take(limit).Select(EntryOf).ToList();
        return new AuditPage(page, rows.Count > limit ? page[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>Of all kinds, so that what is too old goes whatever comes.</summary>
    private IReadOnlyList<AuditBounds> Bounds()
    {
        var now = _time.GetUtcNow();
        return [.. Enum.GetValues<AuditKind>().Select(kind => new AuditBounds(kind, _options.Of(kind).MaxEntries, now - _options.Of(kind).MaxAge))];
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
