namespace OrleansJobs.Core.Dispatch;

/// <summary>Waiting jobs of a tenant in dispatch order (priority down, due time up, id up).</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="After">The job to go on after; null for the start.</param>
/// <param name="DueBy">Only jobs that are due by then.</param>
/// <param name="Limit">How many at most; fewer mean that there are no more.</param>
public sealed record TenantPage(string Tenant, WaitingJob? After, DateTimeOffset DueBy, int Limit) : PageRequest(Limit);
