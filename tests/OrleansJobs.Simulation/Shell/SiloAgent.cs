using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Shell;

/// <summary>The pools of a silo, one for each class; drains them when the silo stops.</summary>
internal sealed class SiloAgent
{
    private readonly Silo _silo;
    private readonly List<ClassAgent> _agents;
    private bool _left;

    public SiloAgent(Silo silo)
    {
        _silo = silo;
        Gate = new SuspectGate(silo);
        _agents = [.. silo.World.Scenario.Classes.Select(plan => new ClassAgent(silo, this, plan))];
        Gate.OnTurn = () => _agents.ForEach(agent => agent.Pool.Turned());
    }

    /// <summary>What may start on the silo beside what.</summary>
    public SuspectGate Gate { get; }

    /// <summary>Set when the silo has no time left to bring anything to an end.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>Hears, once, that a job's grain has been asked to start an attempt.</summary>
    public Action? OnStart { get; set; }

    /// <summary>Handlers that hold a slot, of all classes.</summary>
    public int SlotsTaken => _agents.Sum(agent => agent.Pool.SlotsTaken);

    public void Begin() => _agents.ForEach(agent => agent.Step());

    /// <summary>Takes no more leases, lets running jobs finish for a while, gives the rest back, and leaves.</summary>
    public void Drain()
    {
        _silo.IsDraining = true;
        _silo.World.History.Add(new SiloEvent(_silo.Name, SiloChange.Drains));
        Gate.Drain();
        _agents.ForEach(agent => agent.Drain());
        _silo.After(Times.DrainTimeout, () => _agents.ForEach(agent => agent.Pool.StopAll(CancellationCause.Draining)));
        _silo.After(Times.DrainTimeout + Times.DrainGracePeriod + Times.ReleaseTimeout, Leave);
        LeaveWhenDone();
    }

    public void AsksToStart()
    {
        var hears = OnStart;
        OnStart = null;
        hears?.Invoke();
    }

    private void LeaveWhenDone()
    {
        if (_left)
        {
            return;
        }

        if (_agents.TrueForAll(agent => agent.IsDelivered))
        {
            Leave();
        }
        else
        {
            _silo.After(TimeSpan.FromMilliseconds(50), LeaveWhenDone);
        }
    }

    private void Leave()
    {
        if (!_left)
        {
            (_left, IsAbandoned) = (true, true);
            _silo.World.Cluster.Leave(_silo);
        }
    }
}
