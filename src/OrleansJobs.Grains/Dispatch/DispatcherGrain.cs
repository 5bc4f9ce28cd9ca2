using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Grains.Classes;
using OrleansJobs.Grains.Jobs;
using OrleansJobs.Grains.Silos;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>
/// The shell around the core's dispatcher: it parks the silos' polls, keeps the clock, and carries out between the dispatcher, the store
/// and the job grains what the core decides. Everything runs on the grain's own scheduler, one turn at a time; no turn waits for I/O.
/// </summary>
[GrainType("orleansjobs-dispatcher"), KeepAlive, Immovable]
internal sealed partial class DispatcherGrain(DispatcherServices services) : Grain, IDispatcherGrain, IDisposable
{
    private readonly ParkedPolls _polls = new();
    private CancellationTokenSource _stopping = new();
    private Dispatcher _core = null!;
    private FinishedSignal _finished = null!;
    private DispatcherFeed _feed = null!;
    private RetentionSweep _retention = null!;
    private StoreCatchUp _catchUp = null!;
    private IGrainTimer? _timer;
    private DateTimeOffset? _wakeAt;

    private string JobClass => this.GetPrimaryKeyString();

    private DateTimeOffset Now => services.Time.GetUtcNow();

    private ExchangeReply Nothing => new() { Epoch = _core.Epoch, Settings = _core.Settings };

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        services.Classes.Get(JobClass);
        var settings = await GrainFactory.GetGrain<IClassOptionsGrain>(ClassOptionsKey.Of(JobClass)).GetAsync();
        var members = services.Membership.CurrentSnapshot;
        _core = new Dispatcher(JobClass, NewEpoch(), settings, services.Options, Now, LiveSilos.HoldersOf(members));
        _finished = new FinishedSignal(_core.Epoch);
        _feed = new DispatcherFeed(_core, services, JobClass);
        await _feed.RebuildAsync();
        _retention = new RetentionSweep(services, JobClass);
        _timer = this.RegisterGrainTimer(OnTimerAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)
        {
            Interleave = true,
        });
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(services.Stopping.Token);
        _ = WatchMembershipAsync(members);
        _ = _retention.RunAsync(_stopping.Token);
        _catchUp = new StoreCatchUp(CatchUpAsync, services, JobClass, _stopping.Token);
        _ = _catchUp.RunNowAndThenAsync();
        LogActivated(services.Logger, JobClass, _core.Epoch, _core.GetStatus(Now).Running);
        Pump();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _stopping.Cancel();
        _polls.ReleaseAll(Nothing);
        _finished.Raise();
        return Task.CompletedTask;
    }

    public async Task<Immutable<ExchangeReply>> ExchangeAsync(ExchangeRequest request, bool wait)
    {
        if (services.Stopping.Token.IsCancellationRequested)
        {
            throw SiloStopping.Error();
        }

        var reply = _core.Exchange(request, Now);
        if (request.Completions.Any(completion => completion.State.IsTerminal()))
        {
            Finished();
        }

        var poll = reply is null ? _polls.Park(request.Silo, Nothing) : null;
        Pump();
        return new(reply ?? await AnswerAsync(request.Silo, poll!, wait ? IDispatcherPort.LongPoll : TimeSpan.Zero));
    }

    public Task NotifyAsync(DispatcherNotice notice)
    {
        var now = Now;
        _catchUp.SawTraffic();
        notice.Withdrawn.ForEach(id => _core.Withdraw(id));
        notice.Waiting.ForEach(job => _core.Add(job, now));
        notice.Stops.ForEach(id => _core.RequestStop(id));
        if (notice.Finished > 0 || notice.Incomplete)
        {
            Finished();
        }

        if (notice.Incomplete)
        {
            _catchUp.Want();
        }

        Pump();
        return Task.CompletedTask;
    }

    /// <summary>Two changes may come in the other order; the later one counts.</summary>
    public Task ApplyAsync(JobClassSettings settings)
    {
        if (settings.Revision >= _core.Settings.Revision)
        {
            _core.Apply(settings, Now);
            Pump();
        }

        return Task.CompletedTask;
    }

    public Task ReconcileAsync()
    {
        _catchUp.Want();
        return Task.CompletedTask;
    }

    public Task<JobClassStatus> GetStatusAsync() =>
        Task.FromResult(DispatcherStatusView.Of(_core.GetStatus(Now), services.Classes.Get(JobClass).Options.EffectiveCeiling));

    public Task<JobWait> ExplainAsync(WaitingJob job) => Task.FromResult(_core.Explain(job, Now));

    public async Task<long> WaitForFinishedAsync(long seen, TimeSpan waitUpTo)
    {
        await services.LongPoll.WaitAsync(_finished.ChangeAsync(seen), JobWaits.Bounded(waitUpTo));
        return _finished.Count;
    }

    public void Dispose() => _stopping.Dispose();

    private long NewEpoch() => Now.UtcTicks;

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
        var now = Now;
        foreach (var expiring in _core.Tick(now))
        {
            _ = ExpireAsync(expiring);
        }

        foreach (var orders in _core.Dispatch(now))
        {
            _polls.Answer(orders.Silo, _core.Reply(orders));
        }

        while (_core.NextPage() is { } page)
        {
            _ = FeedAsync(page);
        }

        Arm(now);
        if (_core.ReconcileWanted)
        {
            _catchUp.Want();
        }
    }

    private async Task CatchUpAsync()
    {
        _core.Reconcile(Now);
        await ApplyAsync(await GrainFactory.GetGrain<IClassOptionsGrain>(ClassOptionsKey.Of(JobClass)).GetAsync());
        await _feed.ReconcileAsync();
        Pump();
    }

    private async Task FeedAsync(PageRequest page)
    {
        await _feed.ReadAsync(page);
        Pump();
    }

    private async Task ExpireAsync(ExpiringLease expiring)
    {
        var (again, finished) = await _feed.ExpireAsync(expiring, _stopping.Token);
        _core.LeaseExpired(expiring.Lease.Job.Id, expiring.Lease.Id, again, Now);
        if (finished)
        {
            Finished();
        }

        Pump();
    }

    private Task OnTimerAsync(CancellationToken cancellationToken)
    {
        _wakeAt = null;
        Pump();
        return Task.CompletedTask;
    }

    private void Arm(DateTimeOffset now)
    {
        var wakeAt = _core.NextWakeAt(now);
        if (wakeAt == _wakeAt)
        {
            return;
        }

        _wakeAt = wakeAt;
        _timer?.Change(DispatcherClock.Until(wakeAt, now), Timeout.InfiniteTimeSpan);
    }

    private async Task WatchMembershipAsync(ClusterMembershipSnapshot members)
    {
        var live = LiveSilos.Of(members);
        try
        {
            await foreach (var snapshot in services.Membership.MembershipUpdates.WithCancellation(_stopping.Token))
            {
                var now = LiveSilos.Of(snapshot);
                var lost = live.Except(now).ToList();
                live = now;
                if (lost.Count > 0)
                {
                    SilosLost(lost);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The activation ends.
        }
    }

    /// <summary>A lost silo's leases expire; and jobs it had stored without telling are read from the store.</summary>
    private void SilosLost(List<string> lost)
    {
        foreach (var silo in lost)
        {
            LogSiloLost(services.Logger, silo, JobClass);
            _polls.Answer(silo, Nothing);
            foreach (var expiring in _core.SiloLost(silo, Now))
            {
                _ = ExpireAsync(expiring);
            }
        }

        _catchUp.Want();
        Pump();
    }
}
