namespace OrleansJobs.Simulation.Engine;

/// <summary>The periods of the simulated shell. Leases are shorter than in production, with the same proportions; the pauses are the engine's.</summary>
internal static class Times
{
    public static readonly TimeSpan MaxSkew = TimeSpan.FromMilliseconds(15);
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(8);
    public static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan LeaseTimeout = TimeSpan.FromSeconds(9);
    public static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(3);
    public static readonly TimeSpan RenewPeriod = TimeSpan.FromSeconds(3);
    public static readonly TimeSpan ExchangeTimeout = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan FenceMargin = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan RecoveryTimeout = TimeSpan.FromSeconds(3);
    public static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(4);
    public static readonly TimeSpan DrainGracePeriod = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan HandlerGracePeriod = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan RatePause = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan LongestRateLoss = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan CatchUpPause = TimeSpan.FromMilliseconds(500);
    public static readonly TimeSpan ReconcilePeriod = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan SecondLookDelay = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan PutOffPause = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan ShortestPark = TimeSpan.FromSeconds(1);
}
