using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Diagnostics;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Workers.Execution;

/// <summary>
/// Stores the progress and the checkpoints of an attempt. Progress is stored at once if nothing was stored for a period, otherwise at the
/// period's end, the last report only. What is still unsent when the attempt ends is dropped, because its end says more.
/// </summary>
internal sealed partial class ProgressReporter(
    IJobPort port, RunningAttempt attempt, TimeSpan period, TimeProvider time, ILogger logger) : IDisposable
{
    private const string What = "The report of an attempt";

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private JobProgress? _unsent;
    private long? _sentAt;
    private bool _busy;
    private bool _ended;

    /// <summary>Takes a report; returns before it is stored.</summary>
    public void Report(JobProgress progress)
    {
        lock (_gate)
        {
            _unsent = progress;
            if (_busy || _ended)
            {
                return;
            }

            _busy = true;
            if (_sentAt is { } sentAt && period > time.GetElapsedTime(sentAt))
            {
                SendAfter(period - time.GetElapsedTime(sentAt));
                return;
            }
        }

        Send();
    }

    /// <summary>Stores a checkpoint, with the unsent progress; tries until there is an answer or the attempt is stopped.</summary>
    /// <exception cref="OperationCanceledException">The attempt was stopped before the checkpoint was stored.</exception>
    public async Task SaveCheckpointAsync(ReadOnlyMemory<byte> checkpoint)
    {
        var pause = new GrowingPause(time);
        while (true)
        {
            attempt.Stopped.ThrowIfCancellationRequested();
            try
            {
                if (!Accept(await port.ReportAsync(attempt.Lease.Job.Id, attempt.LeaseToken!.Value, TakeUnsent(), checkpoint)))
                {
                    throw new OperationCanceledException("The lease is lost; the checkpoint was not stored.", attempt.Stopped);
                }

                return;
            }
            catch (GridUnavailableException exception)
            {
                LogNotStored(logger.Contained(), exception, attempt.Lease.Job.Id);
                await pause.WaitAsync(attempt.Stopped);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            _timer?.Dispose();
        }
    }

    private void Send() => SendAsync().Own(What, logger);

    private async Task SendAsync()
    {
        var progress = TakeUnsent();
        var wait = period;
        try
        {
            if (progress is not null)
            {
                Accept(await port.ReportAsync(attempt.Lease.Job.Id, attempt.LeaseToken!.Value, progress, checkpoint: null));
                progress = null;
            }
        }
        catch (Exception exception)
        {
            LogNotStored(logger.Contained(), exception, attempt.Lease.Job.Id);
            wait = period > GrowingPause.Max ? period : GrowingPause.Max;
        }

        Sent(progress, wait);
    }

    private void Sent(JobProgress? notStored, TimeSpan wait)
    {
        lock (_gate)
        {
            _unsent ??= notStored;
            _busy = _unsent is not null && !_ended;
            if (_busy)
            {
                SendAfter(wait);
            }
        }
    }

    private bool Accept(ReportReply reply)
    {
        if (reply.Verdict is not (Verdict.Applied or Verdict.Repeated))
        {
            attempt.Stop(CancellationCause.LeaseLost);
            return false;
        }

        if (reply.CancelRequested)
        {
            attempt.Stop(CancellationCause.Cancelled);
        }

        return true;
    }

    private JobProgress? TakeUnsent()
    {
        lock (_gate)
        {
            if (_ended)
            {
                return null;
            }

            var progress = _unsent;
            _unsent = null;
            _sentAt = time.GetTimestamp();
            return progress;
        }
    }

    private void SendAfter(TimeSpan wait)
    {
        _timer ??= time.CreateOwnedTimer(What, Send, logger);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A report of job {JobId} was not stored.")]
    private static partial void LogNotStored(ILogger logger, Exception exception, JobId jobId);
}
