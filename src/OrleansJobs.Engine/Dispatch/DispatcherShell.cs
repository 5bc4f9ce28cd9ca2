using OrleansJobs.Core.Dispatch;
using OrleansJobs.Diagnostics;
using OrleansJobs.Engine.Diagnostics;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>
/// The shell around the core's dispatcher: it parks the silos' polls, keeps the clock, and carries out between the dispatcher, the store
/// and the jobs' authority what the core decides. It takes no locks: the engine calls it in turns, one at a time, on a task scheduler that
/// also runs what follows its awaits. No turn waits for I/O.
/// </summary>
internal sealed partial class DispatcherShell(string jobClass, IDispatcherHost host, DispatcherServices services) : IDisposable
{
    private readonly ParkedPolls _polls = new(services.Time);
    private readonly string _what = $"The dispatcher of '{jobClass}'";
    private readonly SteadyClock _clock = new(services.Time);
    private CancellationTokenSource _stopping = new();
    private Dispatcher _core = null!;
    private FinishedSignal _finished = null!;
    private DispatcherFeed _feed = null!;
    private RetentionSweep _retention = null!;
    private RateKeeper _rate = null!;
    private StoreCatchUp _catchUp = null!;
    private DateTimeOffset? _wakeAt;

    private DateTimeOffset Now => _clock.Now;

    private ExchangeReply Nothing => new() { Epoch = _core.Epoch, Settings = _core.Settings };

    /// <summary>Begins a life: rebuilds the dispatcher from the store. Before anything else is called.</summary>
    /// <exception cref="UnknownJobClassException">There is no such class.</exception>
    /// <exception cref="GridUnavailableException">The store does not answer.</exception>
    public async Task BeginAsync()
    {
        services.Classes.Get(jobClass);
        var holders = host.LeaseHolders;
        var life = await DispatcherLives.BeginAsync(services.Store, jobClass, Now);
        _core = new Dispatcher(jobClass, life.Epoch, await host.GetSettingsAsync(), services.Options, Now, holders, life.Rate);
        _finished = new FinishedSignal(_core.Epoch);
        _feed = new DispatcherFeed(_core, host, services, _clock, jobClass);
        await _feed.RebuildAsync();
        _retention = new RetentionSweep(services, jobClass);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(services.Stopping.Token);
        _rate = new RateKeeper(_core, life, services, _clock, jobClass, _stopping.Token);
        Own(_retention.RunAsync(_stopping.Token));
        _catchUp = new StoreCatchUp(CatchUpAsync, IsAllKnownAsync, services, jobClass, _stopping.Token);
        Own(_catchUp.RunNowAndThenAsync());

        // A silo that was lost just before this life began may start a job before it knows, and tell nobody.
        _catchUp.WantAfter(services.Options.LeaseTimeout);
        services.Gauges.Began(jobClass);
        LogBegan(services.Logger, jobClass, _core.Epoch, _core.GetStatus().Running);
        Pump();
    }

    /// <summary>Ends this life: everybody who waits is answered.</summary>
    public void End()
    {
        services.Gauges.Ended(jobClass);
        _stopping.Cancel();
        _polls.ReleaseAll(Nothing);
        _finished.Raise();
    }

    /// <summary>A silo says what has ended and what it holds, and gets leases. Waits for something to say if asked to.</summary>
    public async Task<ExchangeReply> ExchangeAsync(ExchangeRequest request, bool wait)
    {
        if (services.Stopping.Token.IsCancellationRequested)
        {
            throw SiloStopping.Error();
        }

        EngineTelemetry.Exchanged(jobClass);
        if (services.DeadSilos.IsDead(request.Silo))
        {
            // It may have died before this life began, and not know yet.
            Lose(request.Silo);
        }

        var reply = _core.Exchange(request, Now);
        if (_core.IsSuperseded)
        {
            GiveWay();
            throw new GridUnavailableException($"Another dispatcher of '{jobClass}' has taken over; repeat the call.");
        }

        if (AnyFinished(request.Completions))
        {
            Finished();
        }

        var poll = reply is null ? _polls.Park(request.Silo, Nothing) : null;
        Pump();
        return reply ?? await AnswerAsync(request.Silo, poll!, wait && !_stopsWaiting ? IDispatcherPort.LongPoll : TimeSpan.Zero);
    }

    /// <summary>Jobs of the class that changed elsewhere.</summary>
    public void Notify(DispatcherNotice notice)
    {
        var now = Now;
        _catchUp.SawTraffic();
        _core.Count(notice.Arrived, notice.Finished, now);
        notice.Withdrawn.ForEach(id => _core.Withdraw(id));
        notice.Waiting.ForEach(job => _core.Add(job, now));
        notice.Stops.ForEach(stop => _core.RequestStop(stop.Job, stop.LeaseToken));
        if (notice.Finished > 0 || notice.Incomplete)
        {
            Finished();
        }

        if (notice.Incomplete)
        {
            _catchUp.Want();
        }

        Pump();
    }

    /// <summary>New limits. Two changes may come in the other order; the later one counts.</summary>
    public void Apply(JobClassSettings settings)
    {
        if (settings.Revision >= _core.Settings.Revision)
        {
            _core.Apply(settings, Now);
            Pump();
        }
    }

    /// <summary>Some jobs may have come without a notice.</summary>
    public void Reconcile() => _catchUp.Want();

    /// <summary>Waits until jobs have ended since the count that was seen, or until the time is up; gives the count as it is then.</summary>
    public async Task<long> WaitForFinishedAsync(long seen, TimeSpan waitUpTo)
    {
        await services.LongPoll.WaitAsync(_finished.ChangeAsync(seen), _stopsWaiting ? TimeSpan.Zero : JobWaits.Bounded(waitUpTo));
        return _finished.Count;
    }

    /// <summary>A lost silo's leases expire; and jobs it had stored without telling are read from the store.</summary>
    public void SilosLost(IReadOnlyCollection<string> lost)
    {
        foreach (var silo in lost)
        {
            LogSiloLost(services.Logger, silo, jobClass);
            _polls.Answer(silo, Nothing);
            Lose(silo);
        }

        // One that was frozen may act for a moment yet, before it hears that it is dead.
        _catchUp.WantTwice(services.Options.LeaseTimeout);
        Pump();
    }

    /// <summary>The time has come that the host was asked to wake the shell at.</summary>
    public void Wake()
    {
        _wakeAt = null;
        Pump();
    }

    public void Dispose() => _stopping.Dispose();

    private void Own(Task work) => work.Own(_what, services.Logger, _stopping.Token);

    private static bool AnyFinished(IReadOnlyList<LeaseCompletion> completions)
    {
        for (var index = 0; index < completions.Count; index++)
        {
            if (completions[index].State.IsTerminal())
            {
                return true;
            }
        }

        return false;
    }

    private async Task<ExchangeReply> AnswerAsync(string silo, Poll poll, TimeSpan waitUpTo)
    {
        var answered = await services.LongPoll.EndsAsync(poll.Reply, waitUpTo);
        return !answered && _polls.Take(silo, poll) ? _core.Reply(silo) : await poll.Reply;
    }

    private void Finished()
    {
        _finished.Raise();
        _retention.JobsFinished();
    }

    /// <summary>Lets the core act on what has changed, and carries out what it decides.</summary>
    private void Pump()
    {
        LookAtTheClock();
        var now = Now;
        foreach (var expiring in _core.Tick(now))
        {
            Own(ExpireAsync(expiring));
        }

        TellUnheard();
        foreach (var orders in _core.Dispatch(now))
        {
            _polls.Answer(orders.Silo, _core.Reply(orders));
        }

        while (_core.NextPage() is { } page)
        {
            Own(FeedAsync(page));
        }

        Arm(now);
        Own(KeepRateAsync());
        if (_core.ReconcileWanted)
        {
            _catchUp.Want();
        }
    }

    private void Lose(string silo)
    {
        foreach (var expiring in _core.SiloLost(silo, Now))
        {
            Own(ExpireAsync(expiring));
        }
    }

    private async Task CatchUpAsync()
    {
        _core.Reconcile(Now);
        Apply(await host.GetSettingsAsync());
        if (!await _feed.ReconcileAsync())
        {
            _catchUp.Want();
        }

        Pump();
    }

    private async Task<bool> IsAllKnownAsync() =>
        (await services.Store.CountAsync()).GetValueOrDefault(jobClass) is not { } counts || _core.KnowsAll(counts);

    private async Task FeedAsync(PageRequest page)
    {
        await _feed.ReadAsync(page);
        Pump();
    }

    private async Task ExpireAsync(ExpiringLease expiring)
    {
        EngineTelemetry.LeaseExpired(jobClass);
        var (again, finished) = await _feed.ExpireAsync(expiring, _stopping.Token);
        _core.LeaseExpired(expiring.Lease.Job.Id, expiring.Lease.Id, again, Now);
        if (finished)
        {
            _core.Count(arrived: 0, finished: 1, Now);
            Finished();
        }

        Pump();
    }

    private void Arm(DateTimeOffset now)
    {
        var wakeAt = _core.NextWakeAt(now);
        if (wakeAt != _wakeAt)
        {
            _wakeAt = wakeAt;
            host.WakeAfter(DispatcherClock.Until(wakeAt, now));
        }
    }
}
