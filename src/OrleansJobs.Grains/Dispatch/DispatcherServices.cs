using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Grains.Jobs;
using OrleansJobs.Grains.Silos;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>What a dispatcher grain needs of its silo.</summary>
internal sealed class DispatcherServices(
    IJobStore store,
    JobClassRegistry classes,
    IClusterMembershipService membership,
    IGrainFactory grains,
    SiloStopping stopping,
    LongPoll longPoll,
    DispatcherOptions options,
    TimeProvider time,
    ILogger<DispatcherGrain> logger)
{
    public IJobStore Store => store;

    public JobClassRegistry Classes => classes;

    public IClusterMembershipService Membership => membership;

    public SiloStopping Stopping => stopping;

    public LongPoll LongPoll => longPoll;

    public DispatcherOptions Options => options;

    public TimeProvider Time => time;

    public ILogger Logger => logger;

    public IJobAuthorityGrain Job(JobId id) => grains.GetGrain<IJobAuthorityGrain>(id.Value);
}
