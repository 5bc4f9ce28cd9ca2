namespace OrleansJobs.Core.Dispatch;

/// <summary>A job that waits, as its dispatcher knows it.</summary>
/// <param name="Id">The job.</param>
/// <param name="Tenant">Its tenant.</param>
/// <param name="Priority">Dispatch order inside the tenant, the highest first.</param>
/// <param name="Cost">What it counts for in the tenant's share.</param>
/// <param name="DueAt">When it may run; inside a priority the earliest goes first.</param>
/// <param name="State">Its stored state.</param>
public sealed record WaitingJob(JobId Id, string Tenant, int Priority, int Cost, DateTimeOffset DueAt, JobState State);
