namespace OrleansJobs.Core.Dispatch;

/// <summary>Names of tenants that have waiting jobs, due or not, in ordinal order. Answered by <see cref="Dispatcher.AcceptTenants"/>.</summary>
/// <param name="After">The name to go on after; null for the start.</param>
/// <param name="Limit">How many at most; fewer mean that there are no more.</param>
public sealed record TenantsPage(string? After, int Limit) : PageRequest(Limit);
