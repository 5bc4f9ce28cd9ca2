namespace OrleansJobs.Core.Dispatch;

/// <summary>A lease that a silo holds, as it renews it.</summary>
/// <param name="Lease">The lease.</param>
/// <param name="LeaseToken">The job's token once the attempt has started; null before.</param>
public sealed record HeldLease(JobLease Lease, long? LeaseToken);
