using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Workload;

/// <summary>Has faults strike, until they are over; then all is mended.</summary>
internal sealed class Chaos
{
    private readonly World _world;
    private readonly FaultPlan _plan;
    private readonly Randomness _random;
    private bool _isOver;

    public Chaos(World world)
    {
        _world = world;
        _plan = world.Scenario.Faults;
        _random = world.Random("chaos");
    }

    private Cluster Cluster => _world.Cluster;

    public void Begin()
    {
        (_world.Network.Faults, _world.Store.Faults) = (_plan.Messages, _plan.Store);
        if (_plan.Kinds.Count > 0)
        {
            Next();
        }
    }

    /// <summary>Mends everything. Silos that are gone are replaced.</summary>
    public void End()
    {
        _isOver = true;
        (_world.Network.Faults, _world.Store.Faults) = (MessageFaults.None, StoreFaults.None);
        foreach (var silo in Cluster.Silos.ToList())
        {
            Cluster.Thaw(silo);
            _world.Network.Reconnect(silo);
        }

        var places = Cluster.Silos.Where(silo => silo.IsWorking && !silo.IsDraining).Select(silo => silo.Place).ToHashSet();
        foreach (var place in Enumerable.Range(1, _world.Scenario.Silos).Where(place => !places.Contains(place)))
        {
            Cluster.Start(place);
        }
    }

    private void Next() => _world.After(_plan.Period * (-Math.Log(1 - _random.Unit())), () =>
    {
        if (!_isOver)
        {
            Strike(_random.Pick(_plan.Kinds));
            Next();
        }
    });

    private void Strike(FaultKind kind)
    {
        var working = Cluster.Silos.Where(silo => silo.IsWorking && !silo.IsDraining).ToList();
        if (working.Count == 0)
        {
            return;
        }

        var silo = _random.Pick(working);
        switch (kind)
        {
            case FaultKind.Crash:
                Cluster.Crash(silo);
                ReplaceLater(silo.Place);
                break;
            case FaultKind.Freeze:
                Freeze(silo);
                break;
            case FaultKind.CutOff:
                CutOff(silo);
                break;
            case FaultKind.Drain:
                silo.Agent!.Drain();
                ReplaceLater(silo.Place);
                break;
            case FaultKind.NewSilo when Cluster.Silos.Count < 6:
                Cluster.Start(_random.Between(5, 8));
                break;
            case FaultKind.MessageStorm:
                MessageStorm();
                break;
            case FaultKind.StoreOutage:
                StoreOutage();
                break;
            case FaultKind.DispatcherTwice or FaultKind.DispatcherMoves:
                Displace(_random.Pick(_world.Scenario.Classes).Name, atOnce: kind == FaultKind.DispatcherMoves);
                break;
            case FaultKind.JobTwice:
                ForgetJobs();
                break;
        }
    }

    private void ReplaceLater(int place) => Later(500, 12_000, () =>
    {
        if (!Cluster.Silos.Exists(silo => silo.Place == place && !silo.IsGone))
        {
            Cluster.Start(place);
        }
    });

    /// <summary>At once, or when the silo next waits to hear whether it may run a job: what it hears when it thaws is old.</summary>
    private void Freeze(Silo silo)
    {
        var time = _random.Milliseconds(200, _random.Chance(0.5) ? 4_000 : 20_000);
        if (_random.Chance(0.6))
        {
            FreezeNow();
        }
        else
        {
            silo.Agent!.OnStart = FreezeNow;
        }

        void FreezeNow()
        {
            if (!_isOver && silo.IsWorking && !silo.IsDraining)
            {
                Cluster.Freeze(silo, time);
                ReplaceLater(silo.Place);
            }
        }
    }

    private void CutOff(Silo silo)
    {
        _world.Network.CutOff(silo);
        if (_random.Chance(0.3))
        {
            Later(3_000, 9_000, () => Cluster.DeclareDead(silo));
        }

        Later(200, 12_000, () => _world.Network.Reconnect(silo), always: true);
        ReplaceLater(silo.Place);
    }

    private void MessageStorm()
    {
        _world.Network.Faults = new MessageFaults(_random.Unit() * 0.7, _random.Unit() * 0.3, _random.Unit() * 0.5, _random.Milliseconds(50, 4_000));
        Later(300, 4_000, () => _world.Network.Faults = _plan.Messages);
    }

    private void StoreOutage()
    {
        _world.Store.Faults = new StoreFaults(_random.Unit(), _random.Unit(), _random.Unit() * 0.5, _random.Milliseconds(50, 4_000));
        Later(300, 4_000, () => _world.Store.Faults = _plan.Store);
    }

    /// <summary>The dispatcher of a class is active twice for a moment, or moves.</summary>
    private void Displace(string jobClass, bool atOnce)
    {
        if (_world.Directory.Forget(GrainKey.Of(jobClass)) is { } old)
        {
            _world.History.Add(new Duplicated("world", $"dispatcher of {jobClass}", jobClass));
            if (atOnce)
            {
                old.End();
            }
            else
            {
                Later(100, Times.RecoveryTimeout.TotalMilliseconds - 500, old.End, always: true);
            }
        }
    }

    /// <summary>Jobs are active twice for a moment.</summary>
    private void ForgetJobs()
    {
        foreach (var row in _world.Store.Table.Rows.Where(row => row.State == JobState.Running).ToList())
        {
            if (_random.Chance(0.5) && _world.Directory.Forget(GrainKey.Of(row.Id)) is { } old)
            {
                _world.History.Add(new Duplicated("world", $"job {row.Id}", null));
                Later(100, 5_000, old.End, always: true);
            }
        }
    }

    private void Later(double fromMilliseconds, double toMilliseconds, Action action, bool always = false) =>
        _world.After(_random.Milliseconds(fromMilliseconds, toMilliseconds), () =>
        {
            if (always || !_isOver)
            {
                action();
            }
        });
}
