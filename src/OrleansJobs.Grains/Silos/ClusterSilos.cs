using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.Grains.Silos;

/// <summary>The silos that are up, and what each says of itself.</summary>
internal sealed partial class ClusterSilos(IClusterMembershipService membership, IGrainFactory grains, ILogger<ClusterSilos> logger)
{
    private HashSet<string> Names => LiveSilos.ActiveOf(membership.CurrentSnapshot);

    /// <summary>All that answer, by name.</summary>
    public async Task<IReadOnlyList<SiloOverview>> GetAsync()
    {
        var silos = await Task.WhenAll(Names.Order(StringComparer.Ordinal).Select(AskAsync));
        return [.. silos.OfType<SiloOverview>()];
    }

    /// <summary>Has a silo take no more jobs.</summary>
    /// <exception cref="InvalidRequestException">It is not up.</exception>
    public Task DrainAsync(string silo) => Names.Contains(silo)
        ? Of(silo).DrainAsync()
        : throw new InvalidRequestException($"No silo '{silo}' is up.");

    /// <summary>Tells every silo that a job was found to have ended some. One that does not hear of it watches their suspects for nothing.</summary>
    public void Explain(IReadOnlyList<string> silos) =>
        Task.WhenAll(Names.Select(silo => ExplainAsync(silo, [.. silos]))).Own("The news of silos that a job has ended", logger.Contained());

    /// <summary>How many grains of each kind are active on each silo.</summary>
    public async Task<IReadOnlyList<GrainActivity>> GetGrainsAsync()
    {
        var statistics = await grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        return
        [
            .. statistics.Select(kind => new GrainActivity(GrainTypeText.Of(kind.GrainType), SiloNames.Of(kind.SiloAddress), kind.ActivationCount))
                .OrderBy(kind => kind.GrainType, StringComparer.Ordinal).ThenBy(kind => kind.Silo, StringComparer.Ordinal),
        ];
    }

    private ISiloGrain Of(string silo) => grains.GetGrain<ISiloGrain>(silo);

    /// <summary>A silo that goes, or hangs, must not keep the others from being seen.</summary>
    private async Task<SiloOverview?> AskAsync(string silo)
    {
        try
        {
            return await Of(silo).GetStatusAsync();
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            LogNoAnswer(logger.Contained(), exception, silo);
            return null;
        }
    }

    private async Task ExplainAsync(string silo, string[] silos)
    {
        try
        {
            await Of(silo).ExplainAsync(silos);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            LogNotTold(logger.Contained(), exception, silo);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Silo} does not hear which silos a job has ended.")]
    private static partial void LogNotTold(ILogger logger, Exception exception, string silo);

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Silo} does not say how it is.")]
    private static partial void LogNoAnswer(ILogger logger, Exception exception, string silo);
}
