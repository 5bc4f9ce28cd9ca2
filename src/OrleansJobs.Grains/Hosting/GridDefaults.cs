using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using OrleansJobs.Grains.Jobs;

namespace OrleansJobs.Grains.Hosting;

/// <summary>What the grid sets in Orleans' options; an application's own configuration comes after and wins.</summary>
internal static class GridDefaults
{
    /// <summary>A silo that does not answer this often in a row is taken for dead by the silo that probes it.</summary>
    private const int MissedProbes = 3;

    private static readonly TimeSpan ProbePeriod = TimeSpan.FromSeconds(2);

    /// <summary>Jobs that run long are no fault; a grain call of a pool lasts as long as its job.</summary>
    private static readonly TimeSpan LongestJob = JobLimits.MaxTimeout + TimeSpan.FromDays(1);

    private static readonly TimeSpan JobGrainAge = TimeSpan.FromMinutes(2);

    /// <summary>A dead silo is found in about seven seconds, so that its jobs run again soon.</summary>
    public static void Apply(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = ProbePeriod;
        options.NumMissedProbesLimit = MissedProbes;
    }

    public static void Apply(SiloMessagingOptions options)
    {
        options.RequestProcessingWarningTime = LongestJob;
        options.MaxRequestProcessingTime = LongestJob;
    }

    public static void Apply(GrainCollectionOptions options) =>
        options.ClassSpecificCollectionAge[typeof(JobGrain).FullName!] = JobGrainAge;

    /// <summary>A refused insert or a changed version is the ordinary way to find a repeated submit; the job grain deals with it.</summary>
    public static void Apply(ILoggingBuilder logging) => logging.AddFilter(typeof(JobGrainStorage).FullName, LogLevel.Critical);
}
