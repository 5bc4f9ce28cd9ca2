using OrleansJobs.Core.Dispatch;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.TestKit.Ports;

/// <summary>
/// A dispatcher of one class that hands out what a test tells it to, keeps what it is told, and can be made to fail. A waiting exchange
/// comes back when there is something to hand out or a later one replaces it; time does not end it.
/// </summary>
public sealed class ScriptedDispatcherPort : IDispatcherPort
{
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<ExchangeRequest> _requests = [];
    private readonly List<(Func<bool> Condition, TaskCompletionSource Signal)> _waiters = [];
    private ExchangeReply _orders;
    private TaskCompletionSource? _parked;
    private long _leases;
    private bool _hasNews;

    public ScriptedDispatcherPort(int permits = 8) =>
        _orders = new ExchangeReply { Epoch = 1, Settings = new JobClassSettings { MaxLocalWorkers = permits } };

    /// <summary>What goes wrong with exchanges. A waiting exchange fails when it would come back.</summary>
    public CallScript Exchange { get; } = new();

    /// <summary>Whether an exchange waits.</summary>
    public bool IsParked
    {
        get
        {
            lock (_gate)
            {
                return _parked is not null;
            }
        }
    }

    /// <summary>Every request whose effect took place, in order.</summary>
    public IReadOnlyList<ExchangeRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Every completion that was told, in order; one told twice is there twice.</summary>
    public IReadOnlyList<LeaseCompletion> Completions => [.. Requests.SelectMany(request => request.Completions)];

    /// <summary>A new lease of a job, not handed out.</summary>
    public JobLease MakeLease(WaitingJob job, string jobClass, DateTimeOffset now) =>
        new(new LeaseId(1, Interlocked.Increment(ref _leases)), jobClass, job, now);

    /// <summary>Adds to what the next exchange, or the one that waits, comes back with.</summary>
    public void Order(Func<ExchangeReply, ExchangeReply> order)
    {
        TaskCompletionSource? parked;
        lock (_gate)
        {
            _orders = order(_orders);
            _hasNews = true;
            (parked, _parked) = (_parked, null);
        }

        parked?.TrySetResult();
    }

    public void Grant(params JobLease[] leases) => Order(orders => orders with { Leases = [.. orders.Leases, .. leases] });

    public void Cancel(LeaseId lease, long? leaseToken = null) =>
        Order(orders => orders with { Stops = [.. orders.Stops, new StopOrder(lease, leaseToken)] });

    public void Lose(LeaseId id) => Order(orders => orders with { Lost = [.. orders.Lost, id] });

    public void ChangePermits(int permits) => Order(orders => orders with
    {
        Settings = orders.Settings with { MaxLocalWorkers = permits, Revision = orders.Settings.Revision + 1 },
    });

    public void BeginEpoch(long epoch) => Order(orders => orders with { Epoch = epoch });

    public void WantHeld() => Order(orders => orders with { HeldWanted = true });

    /// <summary>Completes once what has been told fulfils the condition; fails after half a minute of real time.</summary>
    public Task WhenAsync(Func<IReadOnlyList<ExchangeRequest>, bool> condition) => WhenStateAsync(() => condition(_requests));

    /// <summary>Completes once an exchange waits.</summary>
    public Task WhenParkedAsync() => WhenStateAsync(() => _parked is not null);

    /// <summary>Completes once so many completions were told.</summary>
    public Task WhenCompletionsAsync(int count) => WhenAsync(requests => requests.Sum(request => request.Completions.Count) >= count);

    public async Task<ExchangeReply> ExchangeAsync(string jobClass, ExchangeRequest request, bool wait)
    {
        var parked = await Exchange.RunAsync(() => Take(request, wait));
        await parked;
        return TakeOrders();
    }

    private Task Take(ExchangeRequest request, bool wait)
    {
        TaskCompletionSource? replaced;
        TaskCompletionSource? mine = null;
        lock (_gate)
        {
            _requests.Add(request);
            replaced = _parked;
            _parked = mine = wait && !_hasNews ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;
            Notice();
        }

        replaced?.TrySetResult();
        return mine?.Task ?? Task.CompletedTask;
    }

    private ExchangeReply TakeOrders()
    {
        lock (_gate)
        {
            var orders = _orders;
            _hasNews = false;
            _orders = orders with { Leases = [], Stops = [], Lost = [], HeldWanted = false };
            return orders;
        }
    }

    private Task WhenStateAsync(Func<bool> condition)
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

    private void Notice()
    {
        foreach (var (_, signal) in _waiters.FindAll(waiter => waiter.Condition()))
        {
            signal.TrySetResult();
        }

        _waiters.RemoveAll(waiter => waiter.Signal.Task.IsCompleted);
    }
}
