namespace OrleansJobs.Core.Insight;

/// <summary>
/// The last 15 minutes of a class in periods of 5 seconds: what moved is counted, how the class stood is averaged over the exact times.
/// Bounded: an old period goes when a new one comes. Not safe for concurrent use; time is told, and does not run backwards here.
/// </summary>
public sealed class ClassHistory
{
    /// <summary>Periods that are kept.</summary>
    public const int MaxSlices = 180;

    /// <summary>How long a period is.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly Queue<HistorySlice> _slices = new();
    private readonly LatencyHistogram _waits = new();
    private readonly LatencyHistogram _runs = new();
    private HistorySlice _current;
    private ClassLoad _load;
    private DateTimeOffset _now;

    /// <summary>Begins a history.</summary>
    public ClassHistory(DateTimeOffset now)
    {
        _now = now;
        _current = Begin(now);
    }

    /// <summary>The periods, oldest first.</summary>
    internal IReadOnlyCollection<HistorySlice> Slices => _slices;

    /// <summary>From due to start, over all periods.</summary>
    internal LatencyHistogram Waits => _waits;

    /// <summary>From start to end of an attempt, over all periods.</summary>
    internal LatencyHistogram Runs => _runs;

    /// <summary>The class stands like this from now on.</summary>
    public void Stands(ClassLoad load, DateTimeOffset now)
    {
        Advance(now);
        _load = load;
    }

    /// <summary>Jobs came into the backlog.</summary>
    public void Arrived(DateTimeOffset now, int count = 1)
    {
        Advance(now);
        _current.Arrived += count;
    }

    /// <summary>An attempt was started, so long after its job was due.</summary>
    public void Started(TimeSpan wait, DateTimeOffset now)
    {
        Advance(now);
        _current.Started++;
        _current.Waits.Record(wait);
        _waits.Record(wait);
    }

    /// <summary>An attempt that was counted as started at that time was not: its lease was given back.</summary>
    public void NotStarted(TimeSpan wait, DateTimeOffset startedAt)
    {
        if (SliceAt(startedAt) is { Started: > 0 } slice)
        {
            slice.Started--;
            slice.Waits.TakeBack(wait);
            _waits.TakeBack(wait);
        }
    }

    /// <summary>An attempt ended.</summary>
    /// <param name="runTime">How long it ran; null if nobody has said.</param>
    /// <param name="failed">Whether it failed.</param>
    /// <param name="now">The time.</param>
    public void Ended(TimeSpan? runTime, bool failed, DateTimeOffset now)
    {
        Advance(now);
        _current.Ended++;
        _current.Failed += failed ? 1 : 0;
        if (runTime is { } time)
        {
            _current.Runs.Record(time);
            _runs.Record(time);
        }
    }

    /// <summary>Jobs reached a terminal state.</summary>
    public void Finished(DateTimeOffset now, int count = 1)
    {
        Advance(now);
        _current.Finished += count;
    }

    /// <summary>Brings the history up to the given time; what lies between counts as standing still.</summary>
    public void Advance(DateTimeOffset now)
    {
        if (now - _now > MaxSlices * Period)
        {
            // Nothing of what is kept reaches that far back.
            _now = now - (MaxSlices * Period);
            _current = Begin(_now);
        }

        while (now - _current.At >= Period)
        {
            var end = _current.At + Period;
            _current.Stood(_load, end - _now);
            _now = end;
            _current = Begin(end);
        }

        if (now > _now)
        {
            _current.Stood(_load, now - _now);
            _now = now;
        }
    }

    private HistorySlice Begin(DateTimeOffset at)
    {
        var slice = new HistorySlice(at);
        _slices.Enqueue(slice);
        if (_slices.Count > MaxSlices)
        {
            Drop(_slices.Dequeue());
        }

        return slice;
    }

    private void Drop(HistorySlice slice)
    {
        _waits.Subtract(slice.Waits);
        _runs.Subtract(slice.Runs);
    }

    private HistorySlice? SliceAt(DateTimeOffset time)
    {
        // Mostly it was a moment ago.
        foreach (var slice in _slices.Reverse())
        {
            if (slice.At <= time)
            {
                return time - slice.At < Period ? slice : null;
            }
        }

        return null;
    }
}
