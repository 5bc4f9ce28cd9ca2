namespace OrleansJobs;

/// <summary>An entry of a class's results queue.</summary>
/// <param name="Sequence">Its place: rises in the order in which entries become visible. Read on after it to resume.</param>
/// <param name="Job">The job as it ended, with payload and result.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record FinishedJob([property: Id(0)] long Sequence, [property: Id(1)] JobSnapshot Job);
