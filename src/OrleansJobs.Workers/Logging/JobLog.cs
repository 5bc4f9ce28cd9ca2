using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Diagnostics;
using OrleansJobs.Workers.Execution;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Workers.Logging;

/// <summary>
/// Stores what the attempts of this silo log, in the background: the lines of all of them together, every now and then and soon after an
/// attempt has ended. No attempt ever waits for it. While nothing is logged nothing runs.
/// </summary>
internal sealed partial class JobLog(IJobLogPort port, WorkerOptions options, GridPace pace, ILogger<JobLog> logger) : IAsyncDisposable
{
    /// <summary>Lines that are written at once.</summary>
    private const int MaxBatch = 1_000;

    /// <summary>Attempts that end within so short a time are written together.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly LineBuffer _lines = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _hurry = NewSignal();
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;

    /// <summary>The logger of an attempt: what it is told goes to the host's, and into the job's log.</summary>
    public ILogger Of(JobRecord job, ILogger host, TimeProvider time) =>
        options.JobLogLevel == LogLevel.None ? host : new AttemptLogger(this, job, host, options.JobLogLevel, time);

    public void Add(LoggedLine line)
    {
        lock (_lock)
        {
            _lines.Add(line);
            if (!_isWriting)
            {
                _isWriting = true;
                _writing = Task.Run(WriteAllAsync);
            }
        }
    }

    /// <summary>Has what there is be written soon.</summary>
    public void Hurry()
    {
        lock (_lock)
        {
            _hurry.TrySetResult();
        }
    }

    /// <summary>Writes what is left, for as long as a drain gives its last outcomes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _writing.WaitAsync(options.ReleaseTimeout, pace.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync();
        await _writing;
        _closing.Dispose();
        _stop.Dispose();
    }

    private async Task WriteAllAsync()
    {
        do
        {
            await PauseAsync();
            while (_lines.Take(MaxBatch) is { Count: > 0 } batch)
            {
                await WriteAsync(batch);
            }
        }
        while (GoesOn());
    }

    private async Task PauseAsync()
    {
        Task hurry;
        lock (_lock)
        {
            hurry = _hurry.Task;
        }

        await hurry.WaitAsync(options.JobLogPeriod, pace.Time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (hurry.IsCompletedSuccessfully && !_closing.IsCancellationRequested)
        {
            await Task.Delay(Gathering, pace.Time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (_lock)
            {
                _hurry = NewSignal();
            }
        }
    }

    private async Task WriteAsync(IReadOnlyList<LoggedLine> batch)
    {
        var pause = new GrowingPause(pace.Time);
        while (true)
        {
            try
            {
                await port.WriteAsync(batch);
                return;
            }
            catch (GridUnavailableException) when (!_stop.IsCancellationRequested)
            {
                await pause.WaitAsync(_stop.Token);
            }
            catch (Exception exception)
            {
                LogLost(logger.Contained(), exception, batch.Count);
                return;
            }
        }
    }

    private bool GoesOn()
    {
        lock (_lock)
        {
            return _isWriting = !_lines.IsEmpty;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Lines} lines that jobs have logged are not in their logs.")]
    private static partial void LogLost(ILogger logger, Exception exception, int lines);
}
