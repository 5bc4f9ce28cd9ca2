using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Workers.Ports;

/// <summary>Runs leased jobs in the slots of a pool: in Orleans a call to a stateless worker grain, embedded a call of the runner.</summary>
public interface ISlotRunner
{
    /// <summary>
    /// Runs one lease to its end; the answer says how the slot was freed. If it throws, the pool frees the slot: a lease whose attempt has not
    /// started is given back, any other expires.
    /// </summary>
    Task<LeaseCompletion> RunAsync(JobLease lease);
}
