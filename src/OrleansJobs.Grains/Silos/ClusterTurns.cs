using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansJobs.Diagnostics;
using OrleansJobs.Engine.Silos;

namespace OrleansJobs.Grains.Silos;

/// <summary>
/// Tells when a silo joins or leaves the cluster. Orleans then moves grains, and ends one of two activations that both silos made of a
/// grain before they knew of each other; but an activation that has a call under way can neither go nor serve others until that call
/// ends. So long polls end at such a turn, and stay short for a moment after it.
/// </summary>
internal sealed class ClusterTurns(IClusterMembershipService membership, TimeProvider time, ILogger<ClusterTurns> logger) : BackgroundService, IClusterTurns
{
    private static readonly TimeSpan Unrest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestInUnrest = TimeSpan.FromMilliseconds(250);

    private CancellationTokenSource _turn = new();
    private HashSet<string> _active = [];
    private long _quietFrom;

    /// <summary>Fires at the next turn.</summary>
    public CancellationToken Next => Volatile.Read(ref _turn).Token;

    /// <summary>The time for which a long poll may wait now.</summary>
    public TimeSpan Bound(TimeSpan wanted) =>
        time.GetTimestamp() < Volatile.Read(ref _quietFrom) && wanted > LongestInUnrest ? LongestInUnrest : wanted;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // This silo has just joined.
        StayShort();
        _active = LiveSilos.ActiveOf(membership.CurrentSnapshot);
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Background.KeepAsync("The watch on the cluster's membership", () => WatchAsync(stoppingToken), logger, time, stoppingToken);

    private async Task WatchAsync(CancellationToken stopping)
    {
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stopping))
        {
            var now = LiveSilos.ActiveOf(snapshot);
            if (!_active.SetEquals(now))
            {
                Turn();
            }

            _active = now;
        }
    }

    private void Turn()
    {
        StayShort();
        Interlocked.Exchange(ref _turn, new CancellationTokenSource()).Cancel();
    }

    private void StayShort() =>
        Volatile.Write(ref _quietFrom, time.GetTimestamp() + (long)(Unrest.TotalSeconds * time.TimestampFrequency));
}
