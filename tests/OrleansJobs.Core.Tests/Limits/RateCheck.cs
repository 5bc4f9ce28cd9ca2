namespace OrleansJobs.Core.Tests.Limits;

/// <summary>Checks starts against a rate without knowing how a bucket works.</summary>
internal static class RateCheck
{
    /// <summary>Whether every window between two starts holds at most <c>burst + rate × window</c> of them.</summary>
    public static bool Holds(Rate rate, IReadOnlyList<DateTimeOffset> starts)
    {
        for (var first = 0; first < starts.Count; first++)
        {
            for (var last = first; last < starts.Count; last++)
            {
                var window = (decimal)(starts[last] - starts[first]).Ticks;
                var allowed = rate.Burst + (rate.Permits * window / rate.Period.Ticks);
                if (last - first + 1 > allowed)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
