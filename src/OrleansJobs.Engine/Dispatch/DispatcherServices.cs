using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Diagnostics;
using OrleansJobs.Engine.Diagnostics;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>What all dispatchers of a silo work with.</summary>
internal sealed class DispatcherServices(
    IJobStore store,
    JobClassRegistry classes,
    SiloStopping stopping,
    LongPoll longPoll,
    IDeadSilos deadSilos,
    DispatcherOptions options,
    TimeProvider time,
    ClassGauges gauges,
    ILogger<DispatcherShell> logger)
{
    public IJobStore Store => store;

    public JobClassRegistry Classes => classes;

    public SiloStopping Stopping => stopping;

    public LongPoll LongPoll => longPoll;

    public IDeadSilos DeadSilos => deadSilos;

    public DispatcherOptions Options => options;

    public TimeProvider Time => time;

    public ClassGauges Gauges => gauges;

    public ILogger Logger { get; } = logger.Contained();
}
