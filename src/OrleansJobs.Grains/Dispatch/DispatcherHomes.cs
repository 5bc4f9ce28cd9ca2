using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Metadata;
using Orleans.Runtime;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Diagnostics;
using OrleansJobs.Grains.Silos;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>
/// Where the dispatchers belong, and which of them are on this silo. When silos have come or gone and nothing has changed since for a while, those
/// that belong elsewhere are asked to go. A silo that has not seen the change yet may place one where it was, so it is asked again; but only
/// <see cref="MaxMoves"/> times for each change, so that no class goes to and fro where silos keep seeing the cluster differently.
/// </summary>
internal sealed partial class DispatcherHomes(
    IClusterMembershipService membership, IClusterManifestProvider manifests, ILocalSiloDetails self, TimeProvider time, ILogger<DispatcherHomes> logger)
    : BackgroundService
{
    /// <summary>How long the cluster has to be as it is before dispatchers move.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    /// <summary>How often a dispatcher is sent away after one change of the cluster.</summary>
    public const int MaxMoves = 3;

    private readonly ConcurrentDictionary<string, Action> _here = new(StringComparer.Ordinal);
    private readonly ILogger _logger = logger.Contained();
    private readonly Dictionary<string, (MajorMinorVersion Change, int Times)> _sentAway = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _leftAt = new(StringComparer.Ordinal);
    private ITimer? _timer;

    /// <summary>The classes whose dispatcher is on this silo.</summary>
    public IReadOnlyList<string> Here => [.. _here.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The silo among these that the class's dispatcher belongs on; null if none is known to have the class.</summary>
    public SiloAddress? HomeOf(string jobClass, IReadOnlyCollection<SiloAddress> silos)
    {
        var manifest = manifests.Current;
        var known = silos.Select(silo => (Silo: silo, Classes: DispatcherClasses.Of(manifest, silo))).Where(silo => silo.Classes is not null)
            .ToDictionary(silo => SiloNames.Of(silo.Silo), silo => silo, StringComparer.Ordinal);
        var homes = DispatcherSpread.Assign(known.ToDictionary(silo => silo.Key, silo => silo.Value.Classes!, StringComparer.Ordinal));
        return homes.TryGetValue(jobClass, out var home) ? known[home].Silo : null;
    }

    /// <summary>
    /// Whether the class's dispatcher has just been sent away from here. A call that was on its way here, by an address that a silo remembers, would bring it back.
    /// </summary>
    public bool HasJustLeft(string jobClass) => _leftAt.TryGetValue(jobClass, out var leftAt) && time.GetElapsedTime(leftAt) < Quiet;

    /// <summary>The dispatcher of a class is on this silo now.</summary>
    /// <param name="jobClass">The class.</param>
    /// <param name="go">Has it go, because it belongs elsewhere.</param>
    public void Came(string jobClass, Action go)
    {
        _here[jobClass] = go;
        Later();
    }

    /// <summary>That dispatcher is gone.</summary>
    public void Left(string jobClass, Action go) => _here.TryRemove(KeyValuePair.Create(jobClass, go));

    public override void Dispose()
    {
        _timer?.Dispose();
        base.Dispose();
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateOwnedTimer("The move of dispatchers to where they belong", Settle, _logger);
        Later();
        return base.StartAsync(cancellationToken);
    }

    /// <summary>The manifest changes when silos come and go, and once it is known what they have.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Background.KeepAsync("The watch on where dispatchers belong", () => WatchAsync(stoppingToken), _logger, time, stoppingToken);

    private async Task WatchAsync(CancellationToken stopping)
    {
        await foreach (var _ in manifests.Updates.WithCancellation(stopping))
        {
            Later();
        }
    }

    private void Later() => _timer?.Change(Quiet, Timeout.InfiniteTimeSpan);

    private void Settle()
    {
        var silos = membership.CurrentSnapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress).ToList();
        if (!silos.Contains(self.SiloAddress))
        {
            return;
        }

        var version = manifests.Current.Version;
        foreach (var (jobClass, go) in _here)
        {
            if (HomeOf(jobClass, silos) is { } home && !home.Equals(self.SiloAddress) && MayBeSent(jobClass, version))
            {
                _leftAt[jobClass] = time.GetTimestamp();
                LogMoves(_logger, jobClass, SiloNames.Of(home));
                go();
            }
        }
    }

    private bool MayBeSent(string jobClass, MajorMinorVersion change)
    {
        var before = _sentAway.GetValueOrDefault(jobClass);
        var times = before.Change == change ? before.Times + 1 : 1;
        _sentAway[jobClass] = (change, times);
        return times <= MaxMoves;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The dispatcher of '{JobClass}' moves to silo {Home}, so that each silo has its part of them.")]
    private static partial void LogMoves(ILogger logger, string jobClass, string home);
}
