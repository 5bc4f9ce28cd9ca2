namespace OrleansJobs.Engine.Dispatch;

/// <summary>The running attempt of a job has to stop.</summary>
/// <param name="Job">The job.</param>
/// <param name="LeaseToken">The attempt's token: one that a later retry has started goes on.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public readonly record struct RequestedStop([property: Id(0)] JobId Job, [property: Id(1)] long LeaseToken);
