using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Workers.Ports;

/// <summary>Runs leased jobs in the slots of a pool: in Orleans a call to a stateless worker grain, embedded a call of the runner.</summary>
public interface ISlotRunner
{
    /// <summary>Runs one lease to its end. Never throws; the answer says how the slot was freed.</summary>
    Task<LeaseCompletion> RunAsync(JobLease lease);
}
