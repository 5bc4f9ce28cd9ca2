namespace OrleansJobs.Core.Retry;

/// <summary>
/// How long a job waits after a failure. The jitters are those of M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog,
/// 2015: spread over time, clients that failed together do the same work with fewer calls than clients that come back together.
/// </summary>
public static class Backoff
{
    private const double DecorrelatedGrowth = 3;

    /// <summary>The delay before the next attempt.</summary>
    /// <param name="policy">The class's retry policy. Its values are bounded here rather than trusted.</param>
    /// <param name="failedAttempt">The attempt that failed, from 1; less counts as 1.</param>
    /// <param name="last">The delay before that attempt, zero for none; only decorrelated jitter uses it.</param>
    /// <param name="random">A random number in [0, 1); only jitter uses it. Anything else counts as 1, the longest wait.</param>
    /// <returns>
    /// From zero to <see cref="RetryPolicy.MaxDelay"/>. A delay of <see cref="RetryPolicy.Schedule"/> is taken as it is given, up to
    /// <see cref="JobLimits.MaxDelay"/>.
    /// </returns>
    public static TimeSpan Next(RetryPolicy policy, int failedAttempt, TimeSpan last, double random)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var failures = Math.Max(1, failedAttempt);
        if (policy.Schedule.Count > 0)
        {
            return Bound(policy.Schedule[Math.Min(failures, policy.Schedule.Count) - 1], JobLimits.MaxDelay);
        }

        var share = random is >= 0 and < 1 ? random : 1;
        var longest = Bound(policy.MaxDelay, JobLimits.MaxDelay);
        var first = Bound(policy.FirstDelay, longest);
        return policy.Jitter switch
        {
            Jitter.Full => Grown(first, policy.Factor, failures, longest) * share,
            Jitter.Decorrelated => Decorrelated(first, last, longest, share),
            _ => Grown(first, policy.Factor, failures, longest),
        };
    }

    /// <summary>The delay, moved to the nearer end if it is outside of zero to <paramref name="longest"/>.</summary>
    public static TimeSpan Bound(TimeSpan delay, TimeSpan longest)
    {
        if (delay <= TimeSpan.Zero || longest <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        return delay < longest ? delay : longest;
    }

    private static TimeSpan Grown(TimeSpan first, double factor, int failures, TimeSpan longest)
    {
        if (first <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        // In floating point, because the power soon leaves the range of ticks; what is not below the longest delay is the longest delay.
        var ticks = first.Ticks * Math.Pow(factor, failures - 1);
        return ticks < longest.Ticks ? Bound(TimeSpan.FromTicks((long)ticks), longest) : longest;
    }

    private static TimeSpan Decorrelated(TimeSpan first, TimeSpan last, TimeSpan longest, double share)
    {
        var highest = Bound(last > first ? last : first, longest) * DecorrelatedGrowth;
        return Bound(first + ((highest - first) * share), longest);
    }
}
