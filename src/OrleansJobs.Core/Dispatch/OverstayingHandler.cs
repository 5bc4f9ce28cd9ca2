namespace OrleansJobs.Core.Dispatch;

/// <summary>A handler that runs on although its lease has ended: its job has moved on without it, or the lease is lost. It holds a slot until it returns.</summary>
/// <param name="JobId">The job.</param>
/// <param name="LeaseId">The lease that has ended.</param>
/// <param name="Tenant">The job's tenant.</param>
/// <param name="Age">How long ago the lease ended, by the silo's monotonic time.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record OverstayingHandler(
    [property: Id(0)] JobId JobId, [property: Id(1)] LeaseId LeaseId, [property: Id(2)] string Tenant, [property: Id(3)] TimeSpan Age);
