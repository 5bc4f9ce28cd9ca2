namespace OrleansJobs.Client.Grains;

/// <summary>What became of a submit that was not refused.</summary>
/// <param name="Id">The job: the one submitted, or the one that holds its unique key.</param>
/// <param name="Status">What became of it.</param>
[GenerateSerializer, Immutable, Alias("orleansjobs.submit-receipt")]
public readonly record struct SubmitReceipt([property: Id(0)] JobId Id, [property: Id(1)] SubmitStatus Status);
