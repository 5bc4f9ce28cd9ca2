namespace OrleansJobs.Http;

/// <summary>What became of one job that was submitted over HTTP.</summary>
public sealed record SubmitAnswer
{
    /// <summary>In a batch, its place from 1: the line of an NDJSON body, or the place in an array.</summary>
    public int? Line { get; init; }

    /// <summary>The job: the one submitted, or the one that holds its unique key. Null when it was refused before it had an id.</summary>
    public JobId? Id { get; init; }

    /// <summary>What became of it.</summary>
    public required SubmitStatus Status { get; init; }

    /// <summary>Why it was refused, if it was.</summary>
    public ApiProblem? Error { get; init; }
}
