using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansJobs.Grains.Dispatch;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Silos;

/// <summary>Has the dispatchers look at the store when somebody else has put jobs into it.</summary>
internal sealed partial class ForeignInsertWatch(
    IJobStore store, JobClassRegistry classes, IGrainFactory grains, ILogger<ForeignInsertWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var jobClass in store.WatchForeignInsertsAsync(stoppingToken))
            {
                await ReconcileAsync(jobClass);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private async Task ReconcileAsync(string jobClass)
    {
        foreach (var known in classes.All.Where(known => jobClass.Length == 0 || known.Name == jobClass))
        {
            try
            {
                await grains.GetGrain<IDispatcherGrain>(known.Name).ReconcileAsync();
            }
            catch (Exception exception)
            {
                LogReconcileFailed(logger, exception, known.Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dispatcher of '{JobClass}' could not look for jobs put in from outside.")]
    private static partial void LogReconcileFailed(ILogger logger, Exception exception, string jobClass);
}
