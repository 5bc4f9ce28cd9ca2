namespace OrleansJobs;

/// <summary>A job to submit, with its payload already in bytes. Typed code uses the <c>SubmitAsync</c> extensions.</summary>
public sealed record JobSubmission
{
    /// <summary>The job's identity; submitting it again with the same payload is the same job.</summary>
    public JobId Id { get; init; } = JobId.New();

    /// <summary>The job's class.</summary>
    public required string JobClass { get; init; }

    /// <summary>The payload; at most <see cref="JobLimits.MaxPayloadBytes"/> bytes.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Media type of the payload. JSON by default.</summary>
    public string ContentType { get; init; } = JobSerializer.Json;

    /// <summary>What else is said of the job.</summary>
    public SubmitOptions Options { get; init; } = SubmitOptions.Default;

    /// <summary>W3C trace parent of the submitter.</summary>
    public string? TraceParent { get; init; } = System.Diagnostics.Activity.Current?.Id;
}
