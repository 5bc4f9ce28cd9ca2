namespace OrleansJobs.Http;

/// <summary>A job to submit, as the HTTP API takes it. What is null is not said.</summary>
public sealed record SubmitRequest
{
    /// <summary>The job's class. Required.</summary>
    public string? JobClass { get; init; }

    /// <summary>The payload: any JSON value, handed on byte for byte. Either this or <see cref="PayloadBase64"/> is required.</summary>
    public RawJson Payload { get; init; }

    /// <summary>A payload that is not JSON, in base64; goes with <see cref="ContentType"/>.</summary>
    public byte[]? PayloadBase64 { get; init; }

    /// <summary>Media type of a payload given in base64; <c>application/octet-stream</c> if it is not said.</summary>
    public string? ContentType { get; init; }

    /// <summary>The job's identity; the API makes one if it is not said.</summary>
    public JobId? Id { get; init; }

    /// <summary>Whose job it is: tenants share the class's slots by weight. The shared tenant if it is not said.</summary>
    public string? Tenant { get; init; }

    /// <summary>From 0 to 9; in a tenant the highest goes first. 5 if it is not said.</summary>
    public int? Priority { get; init; }

    /// <summary>Run no earlier than this long from now. Not together with <see cref="DueAt"/>; due now if neither is said.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Run no earlier than this. A past time means now. Not together with <see cref="Delay"/>.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The class has at most one kept job with this key: a second submit answers with the first job. The key is free again when the job is pruned.</summary>
    public string? UniqueKey { get; init; }

    /// <summary>Attempts in all, 1 to 1,000; the class decides if it is not said.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>The longest that one attempt may take; the class decides if it is not said.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What the job counts for in its tenant's share, 1 to 1,000; 1 if it is not said.</summary>
    public int? Cost { get; init; }

    /// <summary>Words to find the job by; none if they are not said.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The submission for <see cref="IJobClient"/>.</summary>
    /// <param name="newId">The id of a job that names none.</param>
    /// <exception cref="InvalidRequestException">The class or the payload is missing, or there are two payloads.</exception>
    public JobSubmission ToSubmission(JobId newId) => new()
    {
        Id = Id ?? newId,
        JobClass = string.IsNullOrEmpty(JobClass) ? throw new InvalidRequestException("Property 'class' is missing.") : JobClass,
        Payload = PayloadBytes(),
        ContentType = PayloadBase64 is null ? JsonContentType() : ContentType ?? "application/octet-stream",
        Options = ToOptions(),
    };

    private ReadOnlyMemory<byte> PayloadBytes() => (Payload.IsAbsent, PayloadBase64) switch
    {
        (false, null) => Payload.Utf8,
        (true, not null) => PayloadBase64,
        (true, null) => throw new InvalidRequestException("Property 'payload' is missing; give null for a job without one."),
        _ => throw new InvalidRequestException("Properties 'payload' and 'payloadBase64' do not go together."),
    };

    private string JsonContentType() => ContentType is null or JobSerializer.Json
        ? JobSerializer.Json
        : throw new InvalidRequestException("Property 'contentType' goes with 'payloadBase64'; the type of 'payload' is application/json.");

    private SubmitOptions ToOptions() => new()
    {
        Id = Id,
        Tenant = Tenant ?? SubmitOptions.Default.Tenant,
        Priority = Priority ?? SubmitOptions.Default.Priority,
        Delay = Delay,
        DueAt = DueAt,
        UniqueKey = UniqueKey,
        MaxAttempts = MaxAttempts,
        Timeout = Timeout,
        Cost = Cost ?? SubmitOptions.Default.Cost,
        Tags = Tags ?? [],
    };
}
