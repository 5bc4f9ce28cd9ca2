namespace OrleansJobs.Dashboard.Live;

/// <summary>What a class's page follows beside the overview.</summary>
internal sealed record LiveClass(IReadOnlyList<TenantUse> Tenants, IReadOnlyList<ErrorGroup> Errors);
