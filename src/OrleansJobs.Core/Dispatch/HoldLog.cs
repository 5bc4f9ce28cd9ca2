namespace OrleansJobs.Core.Dispatch;

/// <summary>
/// What held jobs back, and from when on: the newest of these spans of time. A short break is part of the hold around it, so that a pool
/// whose every freed slot is taken at once counts as full all the time.
/// </summary>
internal sealed class HoldLog(int maxSpans)
{
    /// <summary>Breaks of a hold shorter than this (100 ms) are no breaks.</summary>
    public static readonly TimeSpan ShortBreak = TimeSpan.FromMilliseconds(100);

    /// <summary>How many values <see cref="WaitReason"/> has: the length of what <see cref="AddTo"/> adds to.</summary>
    public static readonly int Reasons = Enum.GetValues<WaitReason>().Length;

    private readonly List<(WaitReason Reason, DateTimeOffset From)> _spans = [];
    private DateTimeOffset? _breakFrom;

    /// <summary>What holds jobs back from now on; <see cref="WaitReason.None"/> if nothing does.</summary>
    public void Set(WaitReason reason, DateTimeOffset now)
    {
        if (reason == WaitReason.None)
        {
            _breakFrom ??= _spans.Count > 0 ? now : null;
            return;
        }

        if (_breakFrom is { } from && now - from >= ShortBreak)
        {
            Append(WaitReason.None, from);
        }

        _breakFrom = null;
        if (_spans.Count == 0 || _spans[^1].Reason != reason)
        {
            Append(reason, now);
        }
    }

    /// <summary>Adds, for each reason, for how long it held between two times, in ticks. What is older than the log is not known.</summary>
    public void AddTo(Span<long> ticks, DateTimeOffset from, DateTimeOffset to)
    {
        var end = _breakFrom < to ? _breakFrom.Value : to;
        for (var index = _spans.Count - 1; index >= 0 && end > from; index--)
        {
            var (reason, begin) = _spans[index];
            var start = begin > from ? begin : from;
            ticks[(int)reason] += Math.Max(0, (end - start).Ticks);
            end = begin < end ? begin : end;
        }
    }

    private void Append(WaitReason reason, DateTimeOffset from)
    {
        if (_spans.Count == maxSpans)
        {
            _spans.RemoveAt(0);
        }

        _spans.Add((reason, from));
    }
}
