namespace OrleansJobs.Dashboard.Audit;

/// <summary>
/// Bounds what is written down of those who come: each caller has so many entries of a kind in a fixed window from the first one, and all strangers
/// together have as many. What is beyond is counted, and told by the next entry.
/// </summary>
internal sealed class AuditPace(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Kind, string Account), Window> _windows = [];

    /// <summary>Takes room for an entry.</summary>
    /// <param name="of">Whose it is of.</param>
    /// <param name="leftOut">How many like it had no room before.</param>
    /// <returns>Whether there is room.</returns>
    public bool Take((string Kind, string Account) of, out long leftOut)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var window = _windows.GetValueOrDefault(Known(of), new Window(now, 0, 0));
            if (IsOver(window))
            {
                window = new Window(now, 0, window.LeftOut);
            }

            var hasRoom = window.Taken < AccessLimits.MaxAccessEntries;
            leftOut = hasRoom ? window.LeftOut : 0;
            _windows[Known(of)] = hasRoom
                ? window with { Taken = window.Taken + 1, LeftOut = 0 }
                : window with { LeftOut = window.LeftOut + 1 };
            return hasRoom;
        }
    }

    /// <summary>A host may have any number of users; those beyond the limit are counted with the strangers.</summary>
    private (string Kind, string Account) Known((string Kind, string Account) of)
    {
        if (_windows.Count >= AccessLimits.MaxAccessAccounts && !_windows.ContainsKey(of))
        {
            foreach (var idle in _windows.Where(one => IsOver(one.Value) && one.Value.LeftOut == 0).Select(one => one.Key).ToList())
            {
                _windows.Remove(idle);
            }
        }

        return _windows.Count < AccessLimits.MaxAccessAccounts || _windows.ContainsKey(of) ? of : (AuditAccess.Stranger, AuditAccess.Stranger);
    }

    private bool IsOver(Window window) => time.GetElapsedTime(window.Begin) >= AccessLimits.AccessEntryWindow;

    private readonly record struct Window(long Begin, int Taken, long LeftOut);
}
