namespace OrleansJobs.Http;

/// <summary>One act on all jobs of a filter, in the background of the process that was asked.</summary>
public sealed record BulkRun
{
    /// <summary>Its identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>What is done.</summary>
    public required BulkAction Action { get; init; }

    /// <summary>To which jobs; only to those that were submitted before it started.</summary>
    public required BulkFilter Filter { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who started it.</summary>
    public required string StartedBy { get; init; }

    /// <summary>Jobs of the filter that it has come to.</summary>
    public long Examined { get; init; }

    /// <summary>Jobs that it was done to.</summary>
    public long Changed { get; init; }

    /// <summary>Jobs whose state did not allow it, or that were gone.</summary>
    public long Refused { get; init; }

    /// <summary>
    /// Jobs of the filter that it has left when it was done, because they were submitted after it had started, by the clocks of the silos: as
    /// many as a page of them has, which is 500 at most.
    /// </summary>
    public long Left { get; init; }

    /// <summary>Whether it has come to the last job.</summary>
    public bool Done { get; init; }

    /// <summary>Whether it was stopped: by an operator, or because its process stopped.</summary>
    public bool Stopped { get; init; }

    /// <summary>Why it ended early; null if it did not.</summary>
    public string? Error { get; init; }
}
