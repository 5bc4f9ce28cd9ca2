namespace OrleansJobs.Engine.Dispatch;

/// <summary>The running attempt of a job has to stop.</summary>
/// <param name="Job">The job.</param>
/// <param name="LeaseToken">The attempt's token: one that a later retry has started goes on.</param>
public readonly record struct RequestedStop(JobId Job, long LeaseToken);
