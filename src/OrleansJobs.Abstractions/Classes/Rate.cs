using System.Text.Json.Serialization;

namespace OrleansJobs;

/// <summary>How many jobs of a class may start in a period, in the whole cluster: a token bucket.</summary>
/// <param name="Permits">Starts per period; 0 means no limit.</param>
/// <param name="Period">The period, from <see cref="MinPeriod"/> to <see cref="MaxPeriod"/>.</param>
/// <param name="Burst">Tokens that an idle class saves up, at least 1.</param>
public readonly record struct Rate(int Permits, TimeSpan Period, int Burst)
{
    /// <summary>Largest number of starts per period.</summary>
    public const int MaxPermits = 1_000_000;

    /// <summary>Shortest period (1 ms).</summary>
    public static readonly TimeSpan MinPeriod = TimeSpan.FromMilliseconds(1);

    /// <summary>Longest period (1 day).</summary>
    public static readonly TimeSpan MaxPeriod = TimeSpan.FromDays(1);

    /// <summary>Part of a second's starts that may be saved up when no burst is given.</summary>
    private const int DefaultBurstsPerSecond = 10;

    /// <summary>No limit. The default.</summary>
    public static Rate Unlimited { get; }

    /// <summary>Whether there is no limit.</summary>
    [JsonIgnore]
    public bool IsUnlimited => Permits == 0;

    /// <summary>So many starts a second. The burst is a tenth of that, at least 1, if none is given.</summary>
    public static Rate PerSecond(int permits, int? burst = null) => Per(TimeSpan.FromSeconds(1), permits, burst);

    /// <summary>So many starts a minute. The burst is a tenth of a second's starts, at least 1, if none is given.</summary>
    public static Rate PerMinute(int permits, int? burst = null) => Per(TimeSpan.FromMinutes(1), permits, burst);

    /// <summary>So many starts a period.</summary>
    public static Rate Per(TimeSpan period, int permits, int? burst = null) =>
        new(permits, period, burst ?? Math.Max(1, (int)(permits / Math.Max(period.TotalSeconds, 0.001) / DefaultBurstsPerSecond)));

    /// <summary>Such as <c>50 per 1 s (burst 5)</c>.</summary>
    public override string ToString() => IsUnlimited ? "unlimited" : $"{Permits} per {Period.TotalSeconds:0.###} s (burst {Burst})";
}
