using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>
/// The outbox of this silo for the dispatcher of one class. What gathers while a call is under way goes with the next one. A call that
/// fails is repeated; notices are safe to repeat.
/// </summary>
internal sealed partial class ClassNotices(IDispatchers dispatchers, string jobClass, TimeProvider time, ILogger logger)
{
    /// <summary>Notices that may gather; beyond that they are dropped and the dispatcher is told to read the store instead.</summary>
    public const int MaxGathered = 100_000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private DispatcherNotice _gathered = new();
    private TaskCompletionSource _told = NotYet();
    private bool _sending;

    public void Waiting(WaitingJob job, bool arrives) => Gather((job, arrives), static (notice, news) =>
    {
        notice.Waiting.Add(news.job);
        notice.Arrived += news.arrives ? 1 : 0;
        return notice;
    });

    public void Withdrawn(JobId id, bool finished) => Gather((id, finished), static (notice, job) =>
    {
        notice.Withdrawn.Add(job.id);
        return job.finished ? notice with { Finished = notice.Finished + 1 } : notice;
    });

    public void Stop(RequestedStop stop) => Gather(stop, static (notice, stop) =>
    {
        notice.Stops.Add(stop);
        return notice;
    });

    /// <summary>Ends once the dispatcher has been told all that has gathered so far.</summary>
    public Task ToldAsync()
    {
        lock (_lock)
        {
            return _sending ? _told.Task : Task.CompletedTask;
        }
    }

    public void Incomplete() => Gather(true, static (notice, incomplete) => notice with { Incomplete = incomplete });

    private void Gather<T>(T news, Func<DispatcherNotice, T, DispatcherNotice> add)
    {
        lock (_lock)
        {
            if (Count(_gathered) < MaxGathered)
            {
                _gathered = add(_gathered, news);
            }
            else
            {
                _gathered = _gathered with { Incomplete = true };
            }

            if (_sending)
            {
                return;
            }

            _sending = true;
        }

        Task.Run(SendAsync).Own($"The notices to the dispatcher of '{jobClass}'", logger);
    }

    private async Task SendAsync()
    {
        do
        {
            // Submits that are about to be answered are so first: one call then tells of many.
            await Task.Yield();
        }
        while (await SendGatheredAsync());
    }

    private async Task<bool> SendGatheredAsync()
    {
        var (notice, told) = Take();
        if (notice is not null)
        {
            await DeliverAsync(notice);
        }

        told.SetResult();
        return notice is not null;
    }

    private (DispatcherNotice? Notice, TaskCompletionSource Told) Take()
    {
        lock (_lock)
        {
            var (notice, told) = (_gathered, _told);
            _told = NotYet();
            if (Count(notice) == 0 && !notice.Incomplete)
            {
                _sending = false;
                return (null, told);
            }

            _gathered = new DispatcherNotice();
            return (notice, told);
        }
    }

    private static TaskCompletionSource NotYet() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task DeliverAsync(DispatcherNotice notice)
    {
        var pause = FirstPause;
        while (true)
        {
            try
            {
                await dispatchers.NotifyAsync(jobClass, notice);
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (UnknownJobClassException)
            {
                // Nobody dispatches the class. Whoever begins to, reads the store first, and it has all of this.
                return;
            }
            catch (Exception exception)
            {
                LogNoticeFailed(logger.Contained(), exception, jobClass, Count(notice));
            }

            // By the time that it arrives other silos may have told more of the same jobs; the store knows the order.
            notice = notice with { Incomplete = true };

            await Task.Delay(pause, time);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static int Count(DispatcherNotice notice) => notice.Waiting.Count + notice.Withdrawn.Count + notice.Stops.Count;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dispatcher of '{JobClass}' did not take {Count} notices; trying again.")]
    private static partial void LogNoticeFailed(ILogger logger, Exception exception, string jobClass, int count);
}
