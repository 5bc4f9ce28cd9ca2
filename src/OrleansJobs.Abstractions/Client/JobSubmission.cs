namespace OrleansJobs;

/// <summary>A job to submit, with its payload already in bytes. Typed code uses the <c>SubmitAsync</c> extensions.</summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record JobSubmission
{
    // On the wire these are plain arrays and dictionaries, whatever list, map or memory was given.
    [Id(2)]
    private readonly byte[] _payload = [];

    /// <summary>The job's identity; submitting it again with the same payload is the same job.</summary>
    [Id(0)]
    public JobId Id { get; init; } = JobId.New();

    /// <summary>The job's class.</summary>
    [Id(1)]
    public required string JobClass { get; init; }

    /// <summary>The payload; at most <see cref="JobLimits.MaxPayloadBytes"/> bytes.</summary>
    public ReadOnlyMemory<byte> Payload { get => _payload; init => _payload = WireBytes.Of(value); }

    /// <summary>Media type of the payload. JSON by default.</summary>
    [Id(3)]
    public string ContentType { get; init; } = JobSerializer.Json;

    /// <summary>What else is said of the job.</summary>
    [Id(4)]
    public SubmitOptions Options { get; init; } = SubmitOptions.Default;

    /// <summary>W3C trace parent of the submitter.</summary>
    [Id(5)]
    public string? TraceParent { get; init; } = System.Diagnostics.Activity.Current?.Id;
}
