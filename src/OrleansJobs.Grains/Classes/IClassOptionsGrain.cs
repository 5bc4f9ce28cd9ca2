using Orleans.Concurrency;

namespace OrleansJobs.Grains.Classes;

/// <summary>The changes made to a class's limits while the grid runs, keyed by <see cref="ClassOptionsKey"/>.</summary>
[Alias("orleansjobs.class-options")]
public interface IClassOptionsGrain : IGrainWithStringKey
{
    /// <summary>The limits in force: the registered options with all changes.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<JobClassSettings> GetAsync();

    /// <summary>Makes a change durable and answers with the limits then in force.</summary>
    /// <exception cref="InvalidOptionsException">A value is out of range; nothing was changed.</exception>
    [Alias("change")]
    Task<OrleansJobs.Client.Grains.Reply<JobClassSettings>> ChangeAsync(JobClassChange change);
}
