namespace OrleansJobs;

/// <summary>A job that runs on a silo at this moment.</summary>
/// <param name="Id">The job.</param>
/// <param name="JobClass">Its class.</param>
/// <param name="Tenant">Its tenant; empty for the shared one.</param>
/// <param name="Attempt">Which attempt it is, from 1.</param>
/// <param name="StartedAt">When the attempt started.</param>
public sealed record RunningJob(JobId Id, string JobClass, string Tenant, int Attempt, DateTimeOffset StartedAt);
