using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Diagnostics;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Diagnostics;

namespace OrleansJobs.Engine.Jobs;

/// <summary>
/// Settles writes that had no answer and may have happened: looks at the store until it answers, and tells the dispatcher what it would have
/// been told. Whoever asked may not ask again.
/// </summary>
internal sealed partial class UnclearWrites(
    IJobStore store, DispatcherNotifier notifier, SiloStopping stopping, TimeProvider time, ILogger<UnclearWrites> logger)
{
    /// <summary>Jobs that are settled at once. Those beyond are left to the dispatcher's own reading of the store, which is later.</summary>
    public const int MaxJobs = 1_000;

    /// <summary>Before the first look: the write may still be on its way.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private int _count;

    /// <summary>The job may have been written.</summary>
    public void Settle(JobId id)
    {
        if (Interlocked.Increment(ref _count) <= MaxJobs)
        {
            // Not on the scheduler of the caller, whose activation may end.
            Task.Run(() => SettleAsync(id)).Own("The settling of a write", logger);
        }
        else
        {
            Interlocked.Decrement(ref _count);
        }
    }

    private async Task SettleAsync(JobId id)
    {
        try
        {
            var pause = FirstPause;
            do
            {
                await Task.Delay(pause, time, stopping.Token);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            while (!await TryTellAsync(id));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The silo stops: the dispatchers elsewhere read the store when they hear of it.
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    }

    private async Task<bool> TryTellAsync(JobId id)
    {
        try
        {
            if (await store.FindAsync(id) is { } job)
            {
                notifier.Tell(JobLifecycle.Announce(job));
            }

            return true;
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            var log = logger.Contained();
            using var scope = log.BeginScope(new JobScope(id));
            LogStillUnclear(log, exception, id);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "It is not known yet whether job {JobId} was written; looking again later.")]
    private static partial void LogStillUnclear(ILogger logger, Exception exception, JobId jobId);
}
