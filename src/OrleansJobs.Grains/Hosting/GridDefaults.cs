using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using OrleansJobs.Grains.Jobs;
using Polly;
using Polly.Telemetry;

namespace OrleansJobs.Grains.Hosting;

/// <summary>What the grid sets in Orleans' options; an application's own configuration comes after and wins.</summary>
internal static class GridDefaults
{
    /// <summary>A silo that does not answer this often in a row is taken for dead by the silo that probes it.</summary>
    private const int MissedProbes = 3;

    /// <summary>What Orleans calls the pipeline that places grains.</summary>
    private const string PlacementPipeline = "Orleans.Placement";

    private static readonly TimeSpan ProbePeriod = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How often a silo writes a sign of life. One that has missed two of them is probed by every silo, those that are only joining among them: so a cluster that
    /// has lost all its silos finds out within seconds. A sign that is missed is no verdict, only three probes without an answer are.
    /// </summary>
    private static readonly TimeSpan SignOfLifePeriod = TimeSpan.FromSeconds(2);

    private const int MissedSignsOfLife = 2;

    /// <summary>Shorter than the signs of life may be missing, so that silos do not take what they have not read for missing.</summary>
    private static readonly TimeSpan MembershipRefresh = TimeSpan.FromSeconds(3);

    /// <summary>Jobs that run long are no fault; a grain call of a pool lasts as long as its job.</summary>
    private static readonly TimeSpan LongestJob = JobLimits.MaxTimeout + TimeSpan.FromDays(1);

    private static readonly TimeSpan JobGrainAge = TimeSpan.FromMinutes(2);

    /// <summary>
    /// A dead silo is found in about seven seconds, so that its jobs run again soon. So are all silos of a cluster that died at once, by those that start in their
    /// place on other addresses; by Orleans' own times that takes a minute and a half.
    /// </summary>
    public static void Apply(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = ProbePeriod;
        options.NumMissedProbesLimit = MissedProbes;
        options.IAmAliveTablePublishTimeout = SignOfLifePeriod;
        options.NumMissedTableIAmAliveLimit = MissedSignsOfLife;
        options.TableRefreshTimeout = MembershipRefresh;
    }

    /// <summary>
    /// Keeps the probes at their pace. Left to itself Orleans lets one take from half to four times as long, by what it sees of the answers,
    /// and for three of the longest believes the last message of a silo that has frozen. After all else that is configured, because the
    /// bounds have to hold whatever pace the application chose; bounds that it chose stay.
    /// </summary>
    public static void KeepPace(ClusterMembershipOptions options)
    {
        if (options.MinProbeTimeout == options.ProbeTimeout / 2)
        {
            options.MinProbeTimeout = options.ProbeTimeout;
        }

        if (options.MaxProbeTimeout == options.ProbeTimeout * 4)
        {
            options.MaxProbeTimeout = options.ProbeTimeout;
        }
    }

    public static void Apply(SiloMessagingOptions options)
    {
        options.RequestProcessingWarningTime = LongestJob;
        options.MaxRequestProcessingTime = LongestJob;
    }

    public static void Apply(GrainCollectionOptions options) =>
        options.ClassSpecificCollectionAge[typeof(JobGrain).FullName!] = JobGrainAge;

    /// <summary>
    /// Orleans places each grain, and so each job, through a resilience pipeline that tells of every success at the level Information.
    /// Those events become Debug; faults and other pipelines, the application's, keep their level. A provider that it has set stays.
    /// </summary>
    public static void Apply(TelemetryOptions options) => options.SeverityProvider ??= SeverityOf;

    private static ResilienceEventSeverity SeverityOf(SeverityProviderArguments told) =>
        told.Event.Severity == ResilienceEventSeverity.Information && told.Source.PipelineName == PlacementPipeline
            ? ResilienceEventSeverity.Debug
            : told.Event.Severity;

    /// <summary>A refused insert or a changed version is the ordinary way to find a repeated submit; the job grain deals with it.</summary>
    public static void Apply(ILoggingBuilder logging) => logging.AddFilter(typeof(JobGrainStorage).FullName, LogLevel.Critical);
}
