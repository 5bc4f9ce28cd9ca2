using Microsoft.Extensions.Logging;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>Deletes ended jobs of a class whose retention is over. Sleeps while there are none.</summary>
internal sealed partial class RetentionSweep(DispatcherServices services, string jobClass)
{
    /// <summary>Jobs deleted in one commit.</summary>
    private const int BatchSize = 1_000;

    /// <summary>Sweeps in the time that a job is kept.</summary>
    private const int SweepsPerRetention = 20;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private TaskCompletionSource _work = Raised();

    private TimeSpan Retention => services.Classes.Get(jobClass).Options.Retention;

    /// <summary>There are ended jobs, so there will be something to delete.</summary>
    public void JobsFinished() => _work.TrySetResult();

    /// <summary>Sweeps until the token fires.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await _work.Task.WaitAsync(stopping);
                await SweepAsync();
                await Task.Delay(Period(), services.Time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The activation ends.
        }
    }

    private async Task SweepAsync()
    {
        _work = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            while (await services.Store.PruneAsync(jobClass, services.Time.GetUtcNow() - Retention, BatchSize) == BatchSize)
            {
                // The next batch.
            }

            var counts = (await services.Store.CountAsync()).GetValueOrDefault(jobClass);
            if (counts is not null && counts.Succeeded + counts.DeadLettered + counts.Cancelled > 0)
            {
                JobsFinished();
            }
        }
        catch (Exception exception)
        {
            LogSweepFailed(services.Logger, exception, jobClass);
            JobsFinished();
        }
    }

    private TimeSpan Period()
    {
        var period = Retention / SweepsPerRetention;
        return period < Shortest ? Shortest : period > Longest ? Longest : period;
    }

    private static TaskCompletionSource Raised()
    {
        var raised = new TaskCompletionSource();
        raised.SetResult();
        return raised;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ended jobs of '{JobClass}' could not be deleted; trying again later.")]
    private static partial void LogSweepFailed(ILogger logger, Exception exception, string jobClass);
}
