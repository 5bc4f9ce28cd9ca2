namespace OrleansJobs.Storage.Tests.Harness;

/// <summary>An empty database of one kind, for the time of a test.</summary>
public abstract class StoreHarness : IAsyncDisposable
{
    private readonly List<IJobStore> _stores = [];

    /// <summary>The file, or the connection string.</summary>
    public abstract string Location { get; }

    /// <summary>Opens a store on the database, as a further silo or after a restart would.</summary>
    public async Task<IJobStore> OpenAsync()
    {
        var store = Create();
        _stores.Add(store);
        await store.InitializeAsync();
        return store;
    }

    /// <summary>A store that is not initialised.</summary>
    public abstract IJobStore Create();

    /// <summary>Runs SQL as another program would.</summary>
    public abstract Task ExecuteAsync(string sql);

    /// <summary>Reads a number as another program would.</summary>
    public abstract Task<long> ReadAsync(string sql);

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        await RemoveAsync();
    }

    protected abstract Task RemoveAsync();
}
