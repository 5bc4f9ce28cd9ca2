namespace OrleansJobs.Testing;

/// <summary>
/// Time that stands still until <see cref="Advance"/> moves it. Timers fire one after the other on the thread that advances, in the order
/// of their due times and, for the same time, of their making; each sees the clock at its own due time. Safe to use from many threads.
/// A timer that is made due at once fires on the thread pool, as a real one does, because its maker may hold a lock.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    /// <summary>Where the clock stands unless another start is given.</summary>
    public static readonly DateTimeOffset DefaultStart = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How long, in real time, a test waits for a timer that does not come before it fails.</summary>
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Lock _advancing = new();
    private readonly SortedSet<ManualTimer> _timers = new(ManualTimer.ByDueTime);
    private readonly List<(Func<bool> Condition, TaskCompletionSource Signal)> _waiters = [];
    private readonly DateTimeOffset _start;
    private DateTimeOffset _now;
    private long _lastOrder;

    /// <summary>Makes a clock that stands at <paramref name="start"/>, or at <see cref="DefaultStart"/>.</summary>
    public ManualTimeProvider(DateTimeOffset? start = null) => _start = _now = start ?? DefaultStart;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that wait to fire.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    /// <summary>When the next timer fires; null if none waits.</summary>
    public DateTimeOffset? NextTimerAt
    {
        get
        {
            lock (_gate)
            {
                return _timers.Min?.DueAt;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => (GetUtcNow() - _start).Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on and fires, before it returns, every timer that comes due on the way, those made on the way included.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_advancing)
        {
            var end = GetUtcNow() + by;
            while (NextDueBy(end) is { } timer)
            {
                timer.Fire();
            }

            lock (_gate)
            {
                _now = end > _now ? end : _now;
            }
        }
    }

    /// <summary>Moves the clock to the next timer, if there is one, and fires it.</summary>
    public bool AdvanceToNextTimer()
    {
        lock (_advancing)
        {
            if (NextTimerAt is not { } dueAt)
            {
                return false;
            }

            var now = GetUtcNow();
            Advance(dueAt > now ? dueAt - now : TimeSpan.Zero);
            return true;
        }
    }

    /// <summary>Waits until at least so many timers are active: the signal that the code under test has gone to sleep.</summary>
    public Task WhenTimersAsync(int count) => WhenAsync(() => _timers.Count >= count);

    /// <summary>Waits until a timer is active that fires at the latest so much after now.</summary>
    public Task WhenTimerDueWithinAsync(TimeSpan delay) => WhenAsync(() => _timers.Min is { } next && next.DueAt <= _now + delay);

    private Task WhenAsync(Func<bool> condition)
    {
        lock (_gate)
        {
            if (condition())
            {
                return Task.CompletedTask;
            }

            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((condition, signal));
            return signal.Task.WaitAsync(WaitTimeout);
        }
    }

    private ManualTimer? NextDueBy(DateTimeOffset end)
    {
        lock (_gate)
        {
            if (_timers.Min is not { } timer || timer.DueAt > end)
            {
                return null;
            }

            _now = timer.DueAt > _now ? timer.DueAt : _now;
            Rearm(timer, timer.Period > TimeSpan.Zero ? timer.Period : null);
            return timer;
        }
    }

    private bool Change(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.Disposed)
            {
                return false;
            }

            timer.Period = period;
            Rearm(timer, dueTime > TimeSpan.Zero ? dueTime : dueTime == TimeSpan.Zero && period > TimeSpan.Zero ? period : null);
        }

        if (dueTime == TimeSpan.Zero)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static due => due.Fire(), timer, preferLocal: false);
        }

        return true;
    }

    private void Rearm(ManualTimer timer, TimeSpan? delay)
    {
        _timers.Remove(timer);
        if (delay is not { } wait)
        {
            return;
        }

        timer.DueAt = _now + wait;
        timer.Order = ++_lastOrder;
        _timers.Add(timer);
        for (var i = _waiters.Count - 1; i >= 0; i--)
        {
            if (_waiters[i].Condition())
            {
                _waiters[i].Signal.TrySetResult();
                _waiters.RemoveAt(i);
            }
        }
    }

    private void Remove(ManualTimer timer)
    {
        lock (_gate)
        {
            timer.Disposed = true;
            _timers.Remove(timer);
        }
    }

    private sealed class ManualTimer(ManualTimeProvider time, TimerCallback callback, object? state) : ITimer
    {
        public static readonly IComparer<ManualTimer> ByDueTime = Comparer<ManualTimer>.Create(static (left, right) =>
            left.DueAt != right.DueAt ? left.DueAt.CompareTo(right.DueAt) : left.Order.CompareTo(right.Order));

        public DateTimeOffset DueAt { get; set; }

        public long Order { get; set; }

        public TimeSpan Period { get; set; }

        public bool Disposed { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => time.Change(this, dueTime, period);

        public void Fire()
        {
            if (!Disposed)
            {
                callback(state);
            }
        }

        public void Dispose() => time.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
