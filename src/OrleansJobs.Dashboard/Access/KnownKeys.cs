using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansJobs.Dashboard.Access;

/// <summary>
/// The keys that are let in now. A configuration that changes while the host runs changes them, so that a key is taken away without a restart; one
/// that is not valid changes nothing. Whether anybody is asked at all is settled at start: a host that loses all its keys lets nobody in.
/// </summary>
internal sealed partial class KnownKeys : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ILogger<KnownKeys> _log;
    private readonly IDisposable? _changes;
    private volatile Dictionary<string, KnownKey> _keys;

    public KnownKeys(IOptions<OrleansJobsAccessOptions> atStart, IOptionsMonitor<OrleansJobsAccessOptions> changing, TimeProvider time, ILogger<KnownKeys> log)
    {
        (_time, _log) = (time, log);
        _changes = changing.OnChange(Change);
        _keys = Read(changing.CurrentValue is var now && now.Validate().Count == 0 ? now : atStart.Value);
    }

    /// <summary>The key of this name; null if there is none, or its time is over.</summary>
    public KnownKey? Find(string name) => _keys.TryGetValue(name, out var key) && !(key.Expires <= _time.GetUtcNow()) ? key : null;

    public void Dispose() => _changes?.Dispose();

    private void Change(OrleansJobsAccessOptions options)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            ChangeRefused(string.Join(' ', faults));
            return;
        }

        _keys = Read(options);
        Changed(_keys.Count);
    }

    private static Dictionary<string, KnownKey> Read(OrleansJobsAccessOptions options) => options.Keys.ToDictionary(
        key => key.Key,
        key => new KnownKey(Convert.FromHexString(key.Value.Hash), AccessRules.RoleOf(key.Value.Role)!.Value, key.Value.Expires),
        StringComparer.Ordinal);

    [LoggerMessage(Level = LogLevel.Information, Message = "The configuration has changed; {Count} keys are let in now.")]
    private partial void Changed(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The configuration has changed, but is not valid; the keys stay as they were. {Faults}")]
    private partial void ChangeRefused(string faults);
}
