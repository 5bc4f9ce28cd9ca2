namespace OrleansJobs;

/// <summary>The answer to "why does this job not run?".</summary>
/// <param name="Reason">What holds the job back.</param>
/// <param name="Explanation">The same in a sentence with its figures.</param>
/// <param name="Until">When that ends, where it is known: the due time, or the time of the next token of the rate.</param>
public sealed record JobWait(WaitReason Reason, string Explanation, DateTimeOffset? Until = null);
