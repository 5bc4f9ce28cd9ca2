namespace OrleansJobs;

/// <summary>The answer to "why does this job not run?".</summary>
/// <param name="Reason">What holds the job back.</param>
/// <param name="Explanation">The same in a sentence with its figures.</param>
/// <param name="Until">When that ends, where it is known: the due time, or the time of the next token of the rate.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record JobWait(
    [property: Id(0)] WaitReason Reason, [property: Id(1)] string Explanation, [property: Id(2)] DateTimeOffset? Until = null);
