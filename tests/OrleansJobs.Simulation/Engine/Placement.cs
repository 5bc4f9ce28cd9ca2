using OrleansJobs.Simulation.Shell;

namespace OrleansJobs.Simulation.Engine;

/// <summary>
/// Which grain is active where. A silo goes on with the activation that it knows, so when the directory forgets one, two of the same grain
/// are active for a while.
/// </summary>
internal sealed class Placement(World world)
{
    private readonly Dictionary<GrainKey, Activation> _current = [];
    private readonly Randomness _random = world.Random("placement");

    /// <summary>The activation that a silo reaches, made if there is none; null if no silo can have it.</summary>
    public Activation? Find(Silo near, GrainKey key)
    {
        if (near.Known.TryGetValue(key, out var known) && !known.IsOver)
        {
            return known;
        }

        if (!_current.TryGetValue(key, out var activation) || activation.IsOver)
        {
            if (Place(near, key) is not { } silo)
            {
                return null;
            }

            activation = key.JobClass.Length > 0 ? new DispatcherActivation(silo, key) : new JobActivation(silo, key);
            _current[key] = activation;
            (activation as DispatcherActivation)?.Begin();
        }

        near.Known[key] = activation;
        return activation;
    }

    /// <summary>The activation that newcomers reach; null if there is none.</summary>
    public Activation? Current(GrainKey key) => _current.TryGetValue(key, out var activation) && !activation.IsOver ? activation : null;

    /// <summary>Loses the entry of a grain; its activation stays with the silos that know it.</summary>
    public Activation? Forget(GrainKey key) => _current.Remove(key, out var activation) && !activation.IsOver ? activation : null;

    /// <summary>
    /// The silo is dead to the cluster: what was active there can be active elsewhere. Should it still run, it goes on with its own.
    /// </summary>
    public void Lost(Silo silo)
    {
        foreach (var (key, _) in _current.Where(entry => entry.Value.Silo == silo).ToList())
        {
            _current.Remove(key);
        }

        foreach (var other in world.Cluster.Silos.Where(other => other != silo))
        {
            foreach (var (key, _) in other.Known.Where(entry => entry.Value.Silo == silo).ToList())
            {
                other.Known.Remove(key);
            }
        }
    }

    private Silo? Place(Silo near, GrainKey key)
    {
        if (key.JobClass.Length == 0 && near.IsWorking && !near.IsDraining && world.Cluster.IsMember(near))
        {
            return near;
        }

        var open = world.Cluster.Silos.Where(silo => !silo.IsDraining && world.Cluster.IsMember(silo)).ToList();
        return open.Count == 0 ? null : _random.Pick(open);
    }
}
