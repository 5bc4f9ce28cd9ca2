using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansJobs.Diagnostics;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Engine.Silos;

/// <summary>Has the dispatchers look at the store when somebody else has put jobs into it.</summary>
internal sealed partial class ForeignInsertWatch(
    IJobStore store, JobClassRegistry classes, IDispatchers dispatchers, TimeProvider time,
    ILogger<ForeignInsertWatch> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Background.KeepAsync("The watch for jobs put in from outside", () => WatchAsync(stoppingToken), logger, time, stoppingToken);

    private async Task WatchAsync(CancellationToken stopping)
    {
        await foreach (var jobClass in store.WatchForeignInsertsAsync(stopping))
        {
            await ReconcileAsync(jobClass, stopping);
        }
    }

    private Task ReconcileAsync(string jobClass, CancellationToken stopping) => Task.WhenAll(classes.All
        .Where(known => jobClass.Length == 0 || known.Name == jobClass)
        .Select(known => TellAsync(known.Name, stopping)));

    private async Task TellAsync(string jobClass, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await dispatchers.ReconcileAsync(jobClass);
                return;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                LogReconcileFailed(logger.Contained(), exception, jobClass);
            }

            await Task.Delay(RetryDelay, time, stopping);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dispatcher of '{JobClass}' could not look for jobs put in from outside.")]
    private static partial void LogReconcileFailed(ILogger logger, Exception exception, string jobClass);
}
