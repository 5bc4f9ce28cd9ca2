namespace OrleansJobs.Core.Dispatch;

/// <summary>Waiting jobs of all tenants by due time and id.</summary>
/// <param name="AfterDue">Only jobs due after this time, or due at it with an id above <paramref name="AfterId"/>.</param>
/// <param name="AfterId">The id to go on after; null for none due at <paramref name="AfterDue"/> itself.</param>
/// <param name="Limit">How many at most; fewer mean that there are no more.</param>
public sealed record DuePage(DateTimeOffset AfterDue, JobId? AfterId, int Limit) : PageRequest(Limit);
