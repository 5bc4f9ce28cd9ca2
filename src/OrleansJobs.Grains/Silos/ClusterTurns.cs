using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using OrleansJobs.Engine.Silos;

namespace OrleansJobs.Grains.Silos;

/// <summary>
/// Tells when a silo leaves the cluster. Orleans then moves many grains, and an activation that has a call under way can neither go nor
/// serve others until that call ends; so long polls end at such a turn, and stay short for a moment after it.
/// </summary>
internal sealed class ClusterTurns(IClusterMembershipService membership, TimeProvider time) : BackgroundService, IClusterTurns
{
    private static readonly TimeSpan Unrest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestInUnrest = TimeSpan.FromMilliseconds(250);

    private CancellationTokenSource _turn = new();
    private long _quietFrom;

    /// <summary>Fires at the next turn.</summary>
    public CancellationToken Next => Volatile.Read(ref _turn).Token;

    /// <summary>The time for which a long poll may wait now.</summary>
    public TimeSpan Bound(TimeSpan wanted) =>
        time.GetTimestamp() < Volatile.Read(ref _quietFrom) && wanted > LongestInUnrest ? LongestInUnrest : wanted;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var staying = LiveSilos.StayingOf(membership.CurrentSnapshot);
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
            {
                var now = LiveSilos.StayingOf(snapshot);
                if (staying.Except(now).Any())
                {
                    Turn();
                }

                staying = now;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private void Turn()
    {
        Volatile.Write(ref _quietFrom, time.GetTimestamp() + (long)(Unrest.TotalSeconds * time.TimestampFrequency));
        Interlocked.Exchange(ref _turn, new CancellationTokenSource()).Cancel();
    }
}
