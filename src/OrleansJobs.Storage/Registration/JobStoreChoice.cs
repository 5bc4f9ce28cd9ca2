namespace OrleansJobs.Storage;

/// <summary>The store that was chosen for a process, and the engine's wish to hear of it, whichever comes first.</summary>
internal sealed class JobStoreChoice
{
    private readonly List<JobStoreDescriptor> _chosen = [];
    private readonly List<Action<JobStoreDescriptor>> _listeners = [];

    public void Choose(JobStoreDescriptor store)
    {
        _chosen.Add(store);
        if (_chosen.Count == 1)
        {
            _listeners.ForEach(listener => listener(store));
        }
    }

    public void Listen(Action<JobStoreDescriptor> listener)
    {
        _listeners.Add(listener);
        if (_chosen.Count > 0)
        {
            listener(_chosen[0]);
        }
    }

    /// <summary>Makes the store.</summary>
    /// <exception cref="InvalidOptionsException">None was chosen, or several.</exception>
    public IJobStore Create(IServiceProvider services) => _chosen switch
    {
        [var only] => only.Create(services),
        [] => throw new InvalidOptionsException(
        [
            "There is no job store. Choose one on what AddOrleansJobs returns: UsePostgresJobs(connectionString) of the package "
                + "OrleansJobs.Postgres, or UseSqliteJobs(path) of the package OrleansJobs.Sqlite.",
        ]),
        _ => throw new InvalidOptionsException(
            [$"There are {_chosen.Count} job stores ({string.Join(", ", _chosen.Select(store => store.Name))}); a grid has one."]),
    };
}
