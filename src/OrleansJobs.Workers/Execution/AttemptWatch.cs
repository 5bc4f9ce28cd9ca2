using Microsoft.Extensions.Logging;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.Workers.Execution;

/// <summary>
/// Watches one call of a handler: fires its timeouts, and settles whether the handler returns first or is given up. A handler that does
/// not stop some time after its timeout, or after the silo's drain has asked it to, is given up: the job moves on, while the handler,
/// which nothing can stop, keeps its slot until it returns.
/// </summary>
internal sealed class AttemptWatch : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<HandlerEnd> _ended = new();
    private readonly RunningAttempt _attempt;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TimeSpan _heartbeatTimeout;
    private readonly LongTimer _timeoutTimer;
    private readonly ITimer? _heartbeatTimer;
    private LongTimer? _graceTimer;
    private long _lastHeartbeatAt;
    private bool _settled;

    public AttemptWatch(RunningAttempt attempt, TimeSpan timeout, TimeSpan? heartbeatTimeout, WorkerOptions options, TimeProvider time, ILogger logger)
    {
        _attempt = attempt;
        _options = options;
        _time = time;
        _logger = logger;
        _lastHeartbeatAt = time.GetTimestamp();
        _timeoutTimer = new LongTimer(time, timeout, () => TimeOut(CancellationCause.Timeout), logger);
        if (heartbeatTimeout is { } period)
        {
            _heartbeatTimeout = period;
            _heartbeatTimer = time.CreateOwnedTimer("The check of a heartbeat", CheckHeartbeat, logger);
            _heartbeatTimer.Change(period, Timeout.InfiniteTimeSpan);
        }

        attempt.OnStop(Stopping);
    }

    /// <summary>Whether the handler was given up.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>How the call ended, for the attempt. Whoever settles it goes on with the attempt, without a hop.</summary>
    public Task<HandlerEnd> Ended => _ended.Task;

    public void Heartbeat() => Volatile.Write(ref _lastHeartbeatAt, _time.GetTimestamp());

    /// <summary>The handler has returned.</summary>
    /// <returns>False if it had been given up.</returns>
    public bool Return(HandlerEnd end)
    {
        if (Settle())
        {
            _ended.SetResult(end);
            return true;
        }

        _attempt.EndOverstay();
        return false;
    }

    public void Dispose()
    {
        Settle();
        _timeoutTimer.Dispose();
        _heartbeatTimer?.Dispose();
        _graceTimer?.Dispose();
    }

    private void Stopping(CancellationCause cause)
    {
        switch (cause)
        {
            case CancellationCause.Timeout or CancellationCause.HeartbeatTimeout:
                GiveUpAfter(_options.UnresponsiveHandlerGracePeriod);
                break;
            case CancellationCause.Draining:
                GiveUpAfter(_options.DrainGracePeriod);
                break;
        }
    }

    // The grace begins even when the attempt was being stopped for another cause: no cause lifts the timeout.
    private void TimeOut(CancellationCause cause)
    {
        _attempt.Stop(cause);
        GiveUpAfter(_options.UnresponsiveHandlerGracePeriod);
    }

    private void CheckHeartbeat()
    {
        var left = _heartbeatTimeout - _time.GetElapsedTime(Volatile.Read(ref _lastHeartbeatAt));
        if (left <= TimeSpan.Zero)
        {
            TimeOut(CancellationCause.HeartbeatTimeout);
            return;
        }

        lock (_gate)
        {
            if (!_settled)
            {
                _heartbeatTimer!.Change(left, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void GiveUpAfter(TimeSpan grace)
    {
        lock (_gate)
        {
            if (!_settled)
            {
                _graceTimer ??= new LongTimer(_time, grace, GiveUp, _logger);
            }
        }
    }

    private void GiveUp()
    {
        lock (_gate)
        {
            if (_settled)
            {
                return;
            }

            _settled = true;
            GaveUp = true;
            _attempt.BeginOverstay();
        }

        _ended.SetResult(HandlerEnd.Without(_attempt.Cause));
    }

    private bool Settle()
    {
        lock (_gate)
        {
            var first = !_settled;
            _settled = true;
            return first;
        }
    }
}
