namespace OrleansJobs.Core.Dispatch;

/// <summary>What a silo whose exchange waits is to be answered.</summary>
/// <param name="Silo">The silo.</param>
/// <param name="Leases">New leases for it.</param>
/// <param name="Stops">Attempts on it that have to stop.</param>
/// <param name="Lost">Leases it named that are not its any more.</param>
public sealed record SiloOrders(
    string Silo, IReadOnlyList<JobLease> Leases, IReadOnlyList<StopOrder> Stops, IReadOnlyList<LeaseId> Lost);
