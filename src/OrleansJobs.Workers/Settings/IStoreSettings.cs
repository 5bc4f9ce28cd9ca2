using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Workers.Settings;

/// <summary>A store that a host may be told to use by its settings; each store's package has one.</summary>
public interface IStoreSettings
{
    /// <summary>What <c>JobGrid:Store</c> calls it.</summary>
    string Name { get; }

    /// <summary>Reads the store's own settings.</summary>
    /// <returns>Has the grid keep its jobs there; of no use when the reader has found faults.</returns>
    Action<JobGridBuilder> Read(SettingsReader settings);
}
