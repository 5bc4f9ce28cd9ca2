namespace OrleansJobs.Core.Dispatch;

/// <summary>A tenant's part in a class at one moment.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Waiting">Its due jobs in memory.</param>
/// <param name="Spilled">Whether more of its jobs may wait in the store only.</param>
/// <param name="Running">Slots it holds.</param>
public sealed record TenantShare(string Tenant, int Weight, int Waiting, bool Spilled, int Running);
