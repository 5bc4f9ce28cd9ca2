namespace OrleansJobs.Core.Dispatch;

/// <summary>A lease that a silo holds, as it renews it.</summary>
/// <param name="Lease">The lease.</param>
/// <param name="LeaseToken">The job's token once the attempt has started; null before.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record HeldLease([property: Id(0)] JobLease Lease, [property: Id(1)] long? LeaseToken);
