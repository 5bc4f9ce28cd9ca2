namespace OrleansJobs.Core.Dispatch;

/// <summary>What a silo whose exchange waits is to be answered.</summary>
/// <param name="Silo">The silo.</param>
/// <param name="Leases">New leases for it.</param>
/// <param name="Cancellations">Jobs whose attempts on it have to stop.</param>
/// <param name="Lost">Leases it named that are not its any more.</param>
public sealed record SiloOrders(
    string Silo, IReadOnlyList<JobLease> Leases, IReadOnlyList<JobId> Cancellations, IReadOnlyList<LeaseId> Lost);
