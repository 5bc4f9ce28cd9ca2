namespace OrleansJobs;

/// <summary>A job that runs on a silo at this moment.</summary>
/// <param name="Id">The job.</param>
/// <param name="JobClass">Its class.</param>
/// <param name="Tenant">Its tenant; empty for the shared one.</param>
/// <param name="Attempt">Which attempt it is, from 1.</param>
/// <param name="StartedAt">When the attempt started.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record RunningJob(
    [property: Id(0)] JobId Id, [property: Id(1)] string JobClass, [property: Id(2)] string Tenant, [property: Id(3)] int Attempt,
    [property: Id(4)] DateTimeOffset StartedAt);
