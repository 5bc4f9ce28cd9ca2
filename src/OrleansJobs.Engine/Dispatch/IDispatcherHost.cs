using OrleansJobs.Core.Dispatch;
using OrleansJobs.Engine.Jobs;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>What a dispatcher's shell needs of its engine. Called in the shell's own turns.</summary>
internal interface IDispatcherHost
{
    /// <summary>The silos that may hold leases given in an earlier life; each is asked before anything is granted.</summary>
    IReadOnlyCollection<string> LeaseHolders { get; }

    /// <summary>The class's limits in force.</summary>
    Task<JobClassSettings> GetSettingsAsync();

    /// <summary>Has the job's authority end a lease.</summary>
    Task<ExpireReply> ExpireAsync(ExpiringLease lease);

    /// <summary>Ends the shell soon, because a later life of the class's dispatcher is at work. May be called again.</summary>
    void Retire();

    /// <summary>
    /// Has <see cref="DispatcherShell.Wake"/> called once in a turn of the shell after this delay, instead of any earlier wish;
    /// <see cref="Timeout.InfiniteTimeSpan"/> for not at all.
    /// </summary>
    void WakeAfter(TimeSpan delay);
}
