using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace OrleansJobs.Testing;

/// <summary>
/// A <see cref="FakeTimeProvider"/> that tells of its timers, so that a test knows when the code under test has gone to sleep, and until when.
/// It stands at the beginning of 2026. A timer that is made due at once fires on the thread pool, as a real one does, because its maker may hold a lock.
/// </summary>
public sealed class WatchedTimeProvider() : FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    /// <summary>How long, in real time, a test waits for a timer that does not come before it fails.</summary>
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<WatchedTimer, DateTimeOffset> _waiting = new();
    private TaskCompletionSource _changed = NewSignal();
    private long _stepTicks;

    /// <summary>Timers that wait to fire.</summary>
    public int ActiveTimers => _waiting.Count;

    /// <summary>When the next timer fires; null if none waits.</summary>
    public DateTimeOffset? NextTimerAt => _waiting.Values.Min(dueAt => (DateTimeOffset?)dueAt) + Step;

    private TimeSpan Step => new(Volatile.Read(ref _stepTicks));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Step;

    /// <inheritdoc/>
    public override long GetTimestamp() => base.GetTimestamp() - Step.Ticks;

    /// <summary>
    /// Sets the wall clock forward, or back if <paramref name="by"/> is negative, as an operator does or a machine that wakes: timestamps and timers go on as before.
    /// </summary>
    public void StepWallClock(TimeSpan by) => Interlocked.Add(ref _stepTicks, by.Ticks);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new WatchedTimer(this, callback, state);
        timer.Inner = base.CreateTimer(static fired => ((WatchedTimer)fired!).Fire(), timer, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock to the next timer, if there is one, and fires it.</summary>
    public bool AdvanceToNextTimer()
    {
        if (NextTimerAt is not { } dueAt)
        {
            return false;
        }

        var now = GetUtcNow();
        Advance(dueAt > now ? dueAt - now : TimeSpan.Zero);
        return true;
    }

    /// <summary>Waits until at least so many timers are active.</summary>
    public Task WhenTimersAsync(int count) => WhenAsync(() => ActiveTimers >= count);

    /// <summary>Waits until a timer is active that fires at the latest so much after now.</summary>
    public Task WhenTimerDueWithinAsync(TimeSpan delay) => WhenAsync(() => NextTimerAt <= GetUtcNow() + delay);

    private async Task WhenAsync(Func<bool> condition)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed);
            if (condition())
            {
                return;
            }

            await changed.Task.WaitAsync(WaitTimeout);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class WatchedTimer(WatchedTimeProvider time, TimerCallback callback, object? state) : ITimer
    {
        private readonly Lock _gate = new();
        private TimeSpan _period;
        private long _setting;

        public ITimer Inner { private get; set; } = null!;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var isDueNow = dueTime == TimeSpan.Zero;
            var wait = !isDueNow ? dueTime : period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan;
            var setting = Forget(period);
            if (!Inner.Change(wait, period))
            {
                return false;
            }

            Note(setting, wait);
            if (isDueNow)
            {
                ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
            }

            return true;
        }

        public void Fire()
        {
            Note(Forget(_period), _period);
            callback(state);
        }

        public void Dispose()
        {
            Forget(Timeout.InfiniteTimeSpan);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private long Forget(TimeSpan period)
        {
            lock (_gate)
            {
                time._waiting.TryRemove(this, out _);
                _period = period;
                return ++_setting;
            }
        }

        /// <summary>Shows the timer once it is set; not if it has fired, or was set anew, meanwhile.</summary>
        private void Note(long setting, TimeSpan wait)
        {
            lock (_gate)
            {
                if (_setting == setting && wait > TimeSpan.Zero)
                {
                    time._waiting[this] = time.GetUtcNow() - time.Step + wait;
                }
            }

            Interlocked.Exchange(ref time._changed, NewSignal()).SetResult();
        }
    }
}
