namespace OrleansJobs.Core.Insight;

/// <summary>Counts a tenant's starts by the minute, for 15 minutes.</summary>
internal sealed class StartCounter(string tenant)
{
    private const int Minutes = 15;

    private readonly int[] _counts = new int[Minutes];
    private long _minute;

    public string Tenant => tenant;

    public void Add(DateTimeOffset now)
    {
        Advance(MinuteOf(now));
        _counts[_minute % Minutes]++;
    }

    public void TakeBack(DateTimeOffset startedAt)
    {
        var minute = MinuteOf(startedAt);
        if (_minute - minute is >= 0 and < Minutes && _counts[minute % Minutes] > 0)
        {
            _counts[minute % Minutes]--;
        }
    }

    /// <summary>Starts of the minute that goes on and the 14 before it.</summary>
    public long CountAt(DateTimeOffset now)
    {
        Advance(MinuteOf(now));
        var sum = 0L;
        foreach (var count in _counts)
        {
            sum += count;
        }

        return sum;
    }

    private void Advance(long minute)
    {
        if (minute - _minute >= Minutes)
        {
            Array.Clear(_counts);
            _minute = minute;
        }

        while (_minute < minute)
        {
            _counts[++_minute % Minutes] = 0;
        }
    }

    private static long MinuteOf(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerMinute;
}
