using Microsoft.Extensions.Logging;

namespace OrleansJobs.Diagnostics;

/// <summary>
/// The owner of what runs by itself: loops, timers, and calls that nobody waits for. A fault of theirs is told in the log, a loop begins again, and
/// neither ends its process.
/// </summary>
internal static partial class Background
{
    /// <summary>Before a loop that failed begins again.</summary>
    public static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);

    /// <summary>Runs a loop until it ends or the token fires; begins it again when it fails. Goes on where the caller is.</summary>
    /// <param name="what">What fails, for the log.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="logger">Hears of faults.</param>
    /// <param name="time">The clock of the pause.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task KeepAsync(string what, Func<Task> loop, ILogger logger, TimeProvider time, CancellationToken stopping)
    {
        while (!await EndsAsync(what, loop, logger, stopping))
        {
            await Task.Delay(RestartPause, time, stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Takes on a call that nobody waits for.</summary>
    public static void Own(this Task call, string what, ILogger logger, CancellationToken stopping = default)
    {
        if (!call.IsCompletedSuccessfully)
        {
            var owned = new OwnedTask(call, what, logger, stopping);
            call.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(owned.Ended);
        }
    }

    /// <summary>Makes a timer, not set yet, that survives what it calls.</summary>
    public static ITimer CreateOwnedTimer(this TimeProvider time, string what, Action call, ILogger logger) => time.CreateTimer(
        static state => ((OwnedCall)state!).Run(), new OwnedCall(what, call, logger), Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private static async Task<bool> EndsAsync(string what, Func<Task> call, ILogger logger, CancellationToken stopping)
    {
        try
        {
            await call();
            return true;
        }
        catch (Exception exception)
        {
            if (!stopping.IsCancellationRequested)
            {
                LogFailed(logger.Contained(), exception, what);
            }

            return stopping.IsCancellationRequested;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{What} failed; the process goes on.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string what);

    // Every job has some of these: an object and a delegate are less than the state of an async method.
    private sealed class OwnedTask(Task call, string what, ILogger logger, CancellationToken stopping)
    {
        public void Ended()
        {
            if (call.Exception is { } fault && !stopping.IsCancellationRequested)
            {
                LogFailed(logger.Contained(), fault.InnerExceptions is [var only] ? only : fault, what);
            }
        }
    }

    private sealed class OwnedCall(string what, Action call, ILogger logger)
    {
        public void Run()
        {
            try
            {
                call();
            }
            catch (Exception exception)
            {
                LogFailed(logger.Contained(), exception, what);
            }
        }
    }
}
