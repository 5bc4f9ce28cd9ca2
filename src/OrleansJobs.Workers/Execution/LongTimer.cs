using Microsoft.Extensions.Logging;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.Workers.Execution;

/// <summary>Fires once after a time of any length: at once if there is none, and in steps if it is longer than a system's timer can hold.</summary>
internal sealed class LongTimer : IDisposable
{
    /// <summary>The system's timers hold 49 days; no step is near that.</summary>
    public static readonly TimeSpan MaxStep = TimeSpan.FromDays(7);

    private readonly TimeProvider _time;
    private readonly Action _fire;
    private readonly ITimer _timer;
    private readonly TimeSpan _delay;
    private readonly long _startedAt;

    public LongTimer(TimeProvider time, TimeSpan delay, Action fire, ILogger logger)
    {
        (_time, _delay, _fire, _startedAt) = (time, delay, fire, time.GetTimestamp());
        _timer = time.CreateOwnedTimer("A timeout of an attempt", OnTimer, logger);
        Arm(delay);
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        var left = _delay - _time.GetElapsedTime(_startedAt);
        if (left > TimeSpan.Zero)
        {
            Arm(left);
        }
        else
        {
            _fire();
        }
    }

    private void Arm(TimeSpan left) =>
        _timer.Change(left < TimeSpan.Zero ? TimeSpan.Zero : left > MaxStep ? MaxStep : left, Timeout.InfiniteTimeSpan);
}
