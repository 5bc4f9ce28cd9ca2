namespace OrleansJobs.Core.Dispatch;

/// <summary>
/// A lease that has run out, to be expired through the job's authority. It counts in all limits until
/// <see cref="Dispatcher.LeaseExpired"/> is told the answer.
/// </summary>
/// <param name="Lease">The lease.</param>
/// <param name="Silo">The silo that held it.</param>
/// <param name="LeaseToken">The job's token under the lease, where it is known.</param>
/// <param name="SiloIsDead">Whether that silo is known to be dead. Otherwise the lease was not renewed in time.</param>
public sealed record ExpiringLease(JobLease Lease, string Silo, long? LeaseToken, bool SiloIsDead);
