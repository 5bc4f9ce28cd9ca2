namespace OrleansJobs.Core.Dispatch;

/// <summary>A job that waits, as its dispatcher knows it.</summary>
/// <param name="Id">The job.</param>
/// <param name="Tenant">Its tenant.</param>
/// <param name="Priority">Dispatch order inside the tenant, the highest first.</param>
/// <param name="Cost">What it counts for in the tenant's share.</param>
/// <param name="DueAt">When it may run; inside a priority the earliest goes first.</param>
/// <param name="State">Its stored state.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record WaitingJob(
    [property: Id(0)] JobId Id, [property: Id(1)] string Tenant, [property: Id(2)] int Priority, [property: Id(3)] int Cost,
    [property: Id(4)] DateTimeOffset DueAt, [property: Id(5)] JobState State);
