using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Workers.Diagnostics;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Grains.Pools;

/// <summary>Runs leases in the activations of a class's worker grain on this silo.</summary>
/// <typeparam name="THandler">The class's handler.</typeparam>
internal sealed partial class WorkerSlotRunner<THandler>(IGrainFactory grains, string jobClass, TimeProvider time, ILogger logger) : ISlotRunner
{
    /// <summary>The slot stays taken this long after a failure, so that a pool that cannot run does not spin.</summary>
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(1);

    private readonly IWorkerGrain<THandler> _pool = grains.GetGrain<IWorkerGrain<THandler>>(jobClass);

    public async Task<LeaseCompletion> RunAsync(JobLease lease)
    {
        try
        {
            return (await _pool.RunAsync(lease)).Value;
        }
        catch (Exception exception)
        {
            using var scope = logger.BeginScope(new JobScope(lease.Job.Id, jobClass));
            LogPoolFailed(logger, exception, jobClass, lease.Job.Id);
            await Task.Delay(FailurePause, time);
            return new LeaseCompletion(
                lease.Job.Id, lease.Id, lease.Job.State, lease.Job.DueAt, Started: false, Failed: false, TimeSpan.Zero);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The pool of '{JobClass}' could not run the lease of job {JobId}.")]
    private static partial void LogPoolFailed(ILogger logger, Exception exception, string jobClass, JobId jobId);
}
