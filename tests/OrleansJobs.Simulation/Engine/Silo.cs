using OrleansJobs.Simulation.Shell;

namespace OrleansJobs.Simulation.Engine;

/// <summary>A process of the cluster. What happens in it happens in its own time: not while it is frozen, and never once it is gone.</summary>
internal sealed class Silo(World world, int place, int generation, TimeSpan skew)
{
    private readonly List<Action> _deferred = [];

    public World World => world;

    public int Place => place;

    public string Name { get; } = $"S{place}:{generation}";

    public bool IsGone { get; private set; }

    public bool IsFrozen { get; private set; }

    /// <summary>It stops in good order and takes nothing new.</summary>
    public bool IsDraining { get; set; }

    public bool IsWorking => !IsGone && !IsFrozen;

    /// <summary>The time by its own clock.</summary>
    public DateTimeOffset Now => world.Now + skew;

    /// <summary>Members that are not dead, as this silo knows it.</summary>
    public HashSet<string> View { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Silos that are dead, as this silo knows it.</summary>
    public HashSet<string> Dead { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Silos that a job is known to have ended, as far as this silo has heard.</summary>
    public HashSet<string> Explained { get; } = new(StringComparer.Ordinal);

    /// <summary>Activations that this silo has spoken with, by which it goes on.</summary>
    public Dictionary<GrainKey, Activation> Known { get; } = [];

    /// <summary>Dispatchers that are active here.</summary>
    public List<DispatcherActivation> Dispatchers { get; } = [];

    /// <summary>Calls to this silo that have no answer yet; they fail when it is declared dead.</summary>
    public HashSet<IPendingCall> Inbound { get; } = [];

    public Dictionary<string, ClassNotices> Notices { get; } = new(StringComparer.Ordinal);

    public SiloAgent? Agent { get; set; }

    /// <summary>Has something happen here later.</summary>
    public void After(TimeSpan delay, Action action) => world.After(delay, () => Do(action));

    /// <summary>Has something happen here: now, or when the silo thaws.</summary>
    public void Do(Action action)
    {
        if (IsGone)
        {
            return;
        }

        if (IsFrozen)
        {
            _deferred.Add(action);
        }
        else
        {
            action();
        }
    }

    public void Freeze() => IsFrozen = true;

    public void Thaw()
    {
        IsFrozen = false;
        var deferred = _deferred.ToArray();
        _deferred.Clear();
        foreach (var action in deferred)
        {
            After(TimeSpan.Zero, action);
        }
    }

    /// <summary>A job was found to have ended these silos.</summary>
    public void Explain(IEnumerable<string> silos)
    {
        Explained.UnionWith(silos);
        Agent?.Gate.Acquit(Explained.Contains);
    }

    public void End()
    {
        IsGone = true;
        Dispatchers.Clear();
        _deferred.Clear();
    }
}
