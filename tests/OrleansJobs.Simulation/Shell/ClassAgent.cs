using OrleansJobs.Core.Dispatch;
using OrleansJobs.Simulation.Engine;
using OrleansJobs.Simulation.Workload;

namespace OrleansJobs.Simulation.Shell;

/// <summary>
/// The talk of one class's pool with the class's dispatcher: what there is to say is said at once, and what comes up meanwhile in the next
/// exchange; with nothing to say, one exchange waits at the dispatcher.
/// </summary>
internal sealed class ClassAgent
{
    private const int MaxParked = 4;
    private readonly Silo _silo;
    private readonly string _jobClass;
    private readonly Outbox _outbox;
    private readonly GrowingPause _pause;
    private object? _parked;
    private int _parkedCount;
    private long _revision = -1;
    private bool _talking;
    private bool _pausing;
    private bool _mustPause;
    private bool _draining;

    public ClassAgent(Silo silo, SiloAgent agent, ClassPlan plan)
    {
        (_silo, _jobClass) = (silo, plan.Name);
        _outbox = new Outbox(silo.Name);
        _pause = new GrowingPause(silo.World.Random($"pauses of {silo.Name} {plan.Name}"));
        Pool = new ClassPool(silo, agent, plan, Ended, RenewalDue);
    }

    public ClassPool Pool { get; }

    /// <summary>When draining: whether the dispatcher knows of every ended lease.</summary>
    public bool IsDelivered => _draining && !_talking && Pool.IsIdle && !_outbox.HasNews(permits: 0, draining: true);

    public void Drain()
    {
        _draining = true;
        Pool.Drain();
        Step();
    }

    /// <summary>Says what there is to say, or waits for orders.</summary>
    public void Step()
    {
        if (_talking || _pausing)
        {
            return;
        }

        if (_mustPause)
        {
            (_mustPause, _pausing) = (false, true);
            _silo.After(_pause.Next(), () =>
            {
                _pausing = false;
                Step();
            });
        }
        else if (_outbox.HasNews(Pool.PermitsToTell, _draining))
        {
            (_parked, _talking) = (null, true);
            Talk(_outbox.Take(Pool.PermitsToTell, _draining, Pool.ToRenew, Pool.Overstays()));
        }
        else if (_parked is null && _parkedCount < MaxParked)
        {
            Park();
        }
    }

    private void Ended(LeaseCompletion completion)
    {
        _outbox.Add(completion);
        Step();
    }

    private void RenewalDue()
    {
        _outbox.WantHeld();
        Step();
    }

    private void Talk(ExchangeRequest request)
    {
        var isOver = false;
        var sentAt = _silo.Now;
        _silo.After(Times.ExchangeTimeout, () => Over(false));
        Exchange(
            request,
            wait: false,
            reply =>
            {
                Act(request, reply, sentAt);
                Over(true);
            },
            () => Over(false));

        void Over(bool answered)
        {
            if (isOver)
            {
                return;
            }

            (isOver, _talking) = (true, false);
            if (!answered)
            {
                _outbox.PutBack(request);
            }

            Contact(answered, mustPause: !answered);
            Step();
        }
    }

    private void Park()
    {
        var parked = new object();
        var request = _outbox.Empty(Pool.PermitsToTell, _draining, Pool.Overstays());
        var sentAt = _silo.Now;
        _parked = parked;
        _parkedCount++;
        Exchange(request, wait: true, reply => Back(Act(request, reply, sentAt)), () => Back(null));

        void Back(bool? news)
        {
            _parkedCount--;
            if (news is null)
            {
                _outbox.Close(request.Number);
                _outbox.WantHeld();
            }

            if (_parked == parked)
            {
                _parked = null;
                Contact(news is not null, mustPause: news is null || (news == false && _silo.Now - sentAt < Times.ShortestPark));
            }

            Step();
        }
    }

    private void Contact(bool answered, bool mustPause)
    {
        _mustPause = mustPause;
        if (answered)
        {
            _pause.Reset();
        }
    }

    private void Exchange(ExchangeRequest request, bool wait, Action<ExchangeReply> done, Action failed) =>
        _silo.World.Grains.Call<DispatcherActivation, ExchangeReply>(
            _silo, GrainKey.Of(_jobClass), (dispatcher, responder) => dispatcher.Exchange(request, wait, responder), done, failed);

    private bool Act(ExchangeRequest request, ExchangeReply reply, DateTimeOffset sentAt)
    {
        var news = _outbox.Answered(request, reply) | TakeSettings(reply.Settings);
        if (request.Held is { } renewed)
        {
            Pool.Renewed(renewed, sentAt);
        }

        foreach (var id in reply.Lost)
        {
            Pool.Lose(id);
        }

        var isAwaited = _outbox.IsAwaited(request.Number) || _silo.World.Protocol.TakesAnswersGivenUp;
        foreach (var lease in reply.Leases)
        {
            if (isAwaited)
            {
                Pool.Begin(lease, sentAt + (reply.ParkedFor ?? TimeSpan.Zero));
            }
            else
            {
                _outbox.Add(Completions.NotStarted(lease));
            }
        }

        _outbox.Close(request.Number);
        foreach (var stop in reply.Stops)
        {
            Pool.Stop(stop);
        }

        return news || reply.Leases.Count + reply.Stops.Count + reply.Lost.Count > 0;
    }

    private bool TakeSettings(JobClassSettings settings)
    {
        if (settings.Revision <= _revision)
        {
            return false;
        }

        _revision = settings.Revision;
        Pool.SetLimit(settings.MaxLocalWorkers);
        return true;
    }
}
