using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Limits;
using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Shell;

/// <summary>
/// The dispatcher's grain of a class: parks the silos' polls, keeps the clock, and carries out between the core, the store and the jobs what
/// the core decides.
/// </summary>
internal sealed partial class DispatcherActivation(Silo silo, GrainKey key) : Activation(silo, key)
{
    private readonly Dictionary<string, Action<ExchangeReply>> _polls = new(StringComparer.Ordinal);
    private readonly Memory _memory = new();
    private List<Action>? _waitingForLife = [];
    private Dispatcher _core = null!;
    private DispatcherFeed _feed = null!;
    private CatchUp _catchUp = null!;
    private HashSet<string> _members = [];
    private Alarm _alarm = null!;

    private World World => Silo.World;

    private string JobClass => Key.JobClass;

    private DateTimeOffset Now => Silo.Now;

    private ExchangeReply Nothing => new() { Epoch = _core.Epoch, Settings = _core.Settings };

    /// <summary>The dispatcher as it stands; null before its life has begun.</summary>
    public DispatcherStatus? Status => _waitingForLife is null ? _core.GetStatus() : null;

    public void Begin() => World.Store.BeginLife(
        Silo, JobClass, life => World.Settings.Read(Silo, JobClass, settings => Rebuild(life.Epoch, life.Rate, settings), Abort), Abort);

    public void Exchange(ExchangeRequest request, bool wait, Responder<ExchangeReply> responder) => WhenAlive(() =>
    {
        // It may have died before this life began, and not know yet.
        if (Silo.Dead.Contains(request.Silo) && !World.Protocol.GrantsToTheDead)
        {
            Lose(request.Silo);
        }

        var reply = _core.Exchange(request, Now);
        if (_core.IsSuperseded)
        {
            responder.Refuse(Silo);
            End();
            return;
        }

        if (reply is not null)
        {
            Pump();
            responder.Reply(Silo, reply);
            return;
        }

        Answer(request.Silo, Nothing);
        var parkedAt = Now;
        Action<ExchangeReply> poll = answer => responder.Reply(Silo, answer with { ParkedFor = Now - parkedAt });
        _polls[request.Silo] = poll;
        Pump();
        if (wait)
        {
            Silo.After(Times.LongPoll, () => EndPoll(request.Silo, poll));
        }
        else
        {
            EndPoll(request.Silo, poll);
        }
    });

    public void Notify(Notice notice, Responder<bool> responder) => WhenAlive(() =>
    {
        _catchUp.SawTraffic();
        notice.Withdrawn.ForEach(_core.Withdraw);
        notice.Waiting.ForEach(job => _core.Add(job, Now));
        notice.Stops.ForEach(stop => _core.RequestStop(stop.Job, stop.Token));
        if (notice.Incomplete)
        {
            _catchUp.Want();
        }

        Pump();
        responder.Reply(Silo, true);
    });

    public void Apply(JobClassSettings settings, Responder<bool> responder) => WhenAlive(() =>
    {
        Apply(settings);
        responder.Reply(Silo, true);
    });

    /// <summary>The silo has heard of a change of the cluster.</summary>
    public void MembershipChanged()
    {
        if (_waitingForLife is not null || World.Protocol.IgnoresMembership)
        {
            return;
        }

        var lost = _members.Except(Silo.View).ToList();
        _members = [.. Silo.View];
        foreach (var name in lost)
        {
            Answer(name, Nothing);
            Lose(name);
        }

        if (lost.Count > 0)
        {
            _catchUp.WantTwice(Times.LeaseTimeout);
            Pump();
        }
    }

    /// <summary>Says how much was in memory at most since it was last asked.</summary>
    public void TellMemory() => _memory.Tell(World, Silo.Name, JobClass);

    protected override void Ended()
    {
        Silo.Dispatchers.Remove(this);
        foreach (var name in _polls.Keys.ToList())
        {
            Answer(name, Nothing);
        }

        if (_waitingForLife is null)
        {
            TellMemory();
            World.History.Add(new DispatcherLife(Silo.Name, JobClass, _core.Epoch, Begins: false));
            ClassNotices.Incomplete(Silo, JobClass);
        }
    }

    private void Rebuild(long epoch, RateMark? rate, JobClassSettings settings)
    {
        _members = [.. Silo.View];
        _core = new Dispatcher(JobClass, epoch, settings, World.Scenario.Options, Now, _members, rate);
        _feed = new DispatcherFeed(this, _core, JobClass);
        _catchUp = new CatchUp(this, CatchUpOnce, IsAllKnown);
        _alarm = new Alarm(Silo, Pump);
        _feed.Rebuild(Live, Abort);
    }

    private void Live()
    {
        if (IsOver)
        {
            return;
        }

        World.History.Add(new DispatcherLife(Silo.Name, JobClass, _core.Epoch, Begins: true));
        World.History.Add(new LimitsInForce(Silo.Name, JobClass, _core.Epoch, _core.Settings));
        Silo.Dispatchers.Add(this);
        _catchUp.NowAndThen();
        _catchUp.WantAfter(Times.LeaseTimeout);
        var waiting = _waitingForLife!;
        _waitingForLife = null;
        MembershipChanged();
        Pump();
        waiting.ForEach(call => call());
    }

    /// <summary>The life could not begin. Calls that wait for it get no answer and are repeated.</summary>
    private void Abort()
    {
        _waitingForLife?.Clear();
        End();
    }

    private void WhenAlive(Action call)
    {
        if (_waitingForLife is not null)
        {
            _waitingForLife.Add(call);
        }
        else
        {
            call();
        }
    }

    private void Apply(JobClassSettings settings)
    {
        if (settings.Revision < _core.Settings.Revision)
        {
            return;
        }

        var isNews = settings.Revision > _core.Settings.Revision;
        _core.Apply(settings, Now);
        if (isNews)
        {
            World.History.Add(new LimitsInForce(Silo.Name, JobClass, _core.Epoch, settings));
        }

        Pump();
    }

    /// <summary>Lets the core act on what has changed, and carries out what it decides.</summary>
    private void Pump()
    {
        if (IsOver)
        {
            return;
        }

        foreach (var expiring in _core.Tick(Now))
        {
            Expire(expiring);
        }

        NoteUnheard();
        foreach (var orders in _core.Dispatch(Now))
        {
            foreach (var lease in orders.Leases)
            {
                World.History.Add(new Granted(
                    Silo.Name, lease.Job.Id, JobClass, lease.Job.Tenant, lease.Job.Cost, lease.Job.Priority, orders.Silo, lease.Id.Epoch, lease.Id.Number));
            }

            _memory.Grants(orders.Leases.Count);
            Answer(orders.Silo, _core.Reply(orders));
        }

        while (_core.NextPage() is { } page)
        {
            _memory.PageBegins(page.Limit);
            _feed.Read(page, () =>
            {
                _memory.PageEnds();
                Pump();
            });
        }

        _memory.Look(_core);
        _alarm.Set(_core.NextWakeAt(Now));
        KeepRate();
        if (_core.ReconcileWanted)
        {
            _catchUp.Want();
        }
    }

    private void Lose(string silo)
    {
        foreach (var expiring in _core.SiloLost(silo, Now))
        {
            Expire(expiring);
        }
    }

    private void Expire(ExpiringLease expiring) => _feed.Expire(expiring, again =>
    {
        _core.LeaseExpired(expiring.Lease.Job.Id, expiring.Lease.Id, again, Now);
        Pump();
    });

    private void Answer(string toSilo, ExchangeReply reply)
    {
        if (_polls.Remove(toSilo, out var poll))
        {
            poll(reply);
        }
    }

    private void EndPoll(string ofSilo, Action<ExchangeReply> poll)
    {
        if (!IsOver && _polls.TryGetValue(ofSilo, out var parked) && parked == poll)
        {
            _polls.Remove(ofSilo);
            poll(_core.Reply(ofSilo));
        }
    }
}
