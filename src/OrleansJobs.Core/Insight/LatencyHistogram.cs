using System.Numerics;

namespace OrleansJobs.Core.Insight;

/// <summary>
/// Counts times in buckets whose width grows with the time, eight to each doubling, so that every quantile is right to about 6 % in a
/// fixed space: a log-linear histogram, as G. Tene's HdrHistogram has it.
/// </summary>
internal sealed class LatencyHistogram
{
    /// <summary>Buckets to each doubling, as a power of two.</summary>
    private const int StepBits = 3;

    private const int Steps = 1 << StepBits;

    /// <summary>What is measured, in microseconds: 1 ms is the finest, about 24 days the longest.</summary>
    private const int FinestBits = 10;

    private const int Doublings = 31;

    private int[]? _counts;
    private long _sumTicks;
    private long _maxTicks;

    public long Count { get; private set; }

    public TimeSpan Mean => Count == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(_sumTicks / Count);

    /// <summary>The longest time that was ever recorded.</summary>
    public TimeSpan Max => TimeSpan.FromTicks(_maxTicks);

    /// <summary>The buckets, made with the first time: most histograms of a quiet class stay empty.</summary>
    private int[] Counts => _counts ??= new int[Steps * (Doublings + 1)];

    public void Record(TimeSpan time)
    {
        var ticks = Math.Max(0, time.Ticks);
        Counts[IndexOf(ticks)]++;
        _sumTicks += ticks;
        _maxTicks = Math.Max(_maxTicks, ticks);
        Count++;
    }

    /// <summary>Undoes a <see cref="Record"/>; the longest time stays.</summary>
    public void TakeBack(TimeSpan time)
    {
        var ticks = Math.Max(0, time.Ticks);
        Counts[IndexOf(ticks)]--;
        _sumTicks -= ticks;
        Count--;
    }

    /// <summary>Takes out what another one counted, all of which was recorded here too; the longest time stays.</summary>
    public void Subtract(LatencyHistogram other)
    {
        if (other._counts is not { } others)
        {
            return;
        }

        for (var index = 0; index < others.Length; index++)
        {
            Counts[index] -= others[index];
        }

        _sumTicks -= other._sumTicks;
        Count -= other.Count;
    }

    /// <summary>The time that the given part of all took at most.</summary>
    /// <param name="part">From 0 to 1.</param>
    public TimeSpan Quantile(double part)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(part * Count));
        var seen = 0L;
        for (var index = 0; index < Counts.Length; index++)
        {
            seen += Counts[index];
            if (seen >= rank)
            {
                return Middle(index);
            }
        }

        return TimeSpan.Zero;
    }

    /// <param name="max">The longest time.</param>
    public LatencySummary Summarize(TimeSpan max) => Count == 0
        ? new(0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero)
        : new(Count, Mean, AtMost(Quantile(0.5), max), AtMost(Quantile(0.95), max), AtMost(Quantile(0.99), max), max);

    /// <summary>The buckets from the first to the last that counted something.</summary>
    public IReadOnlyList<LatencyBucket> Buckets()
    {
        var first = Array.FindIndex(Counts, count => count > 0);
        var last = Array.FindLastIndex(Counts, count => count > 0);
        return first < 0
            ? []
            : [.. Enumerable.Range(first, last - first + 1).Select(index => new LatencyBucket(LowerBound(index), LowerBound(index + 1), Counts[index]))];
    }

    private static TimeSpan AtMost(TimeSpan time, TimeSpan max) => time < max ? time : max;

    private TimeSpan Middle(int index)
    {
        var middle = (LowerBound(index).Ticks + LowerBound(index + 1).Ticks) / 2;
        return TimeSpan.FromTicks(Math.Min(middle, _maxTicks));
    }

    private static int IndexOf(long ticks)
    {
        var units = (ulong)(ticks / TimeSpan.TicksPerMicrosecond) >> (FinestBits - StepBits);
        if (units < Steps)
        {
            return (int)units;
        }

        var doubling = BitOperations.Log2(units) - StepBits;
        var step = (int)(units >> doubling) - Steps;
        return Math.Min(((doubling + 1) << StepBits) + step, (Steps * (Doublings + 1)) - 1);
    }

    private static TimeSpan LowerBound(int index)
    {
        var (row, step) = (index >> StepBits, index & (Steps - 1));
        var units = row == 0 ? (ulong)step : (ulong)(Steps + step) << (row - 1);
        return TimeSpan.FromMicroseconds(units << (FinestBits - StepBits));
    }
}
