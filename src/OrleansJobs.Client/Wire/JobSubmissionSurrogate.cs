namespace OrleansJobs.Client.Wire;

/// <summary><see cref="JobSubmission"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.submission")]
internal struct JobSubmissionSurrogate
{
    [Id(0)]
    public JobId Id;

    [Id(1)]
    public string JobClass;

    [Id(2)]
    public byte[] Payload;

    [Id(3)]
    public string ContentType;

    [Id(4)]
    public SubmitOptions Options;

    [Id(5)]
    public string? TraceParent;
}

/// <summary>Moves <see cref="JobSubmission"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class JobSubmissionConverter : IConverter<JobSubmission, JobSubmissionSurrogate>
{
    public JobSubmission ConvertFromSurrogate(in JobSubmissionSurrogate surrogate) => new()
    {
        Id = surrogate.Id,
        JobClass = surrogate.JobClass,
        Payload = surrogate.Payload,
        ContentType = surrogate.ContentType,
        Options = surrogate.Options,
        TraceParent = surrogate.TraceParent,
    };

    public JobSubmissionSurrogate ConvertToSurrogate(in JobSubmission value) => new()
    {
        Id = value.Id,
        JobClass = value.JobClass,
        Payload = WireBytes.Of(value.Payload),
        ContentType = value.ContentType,
        Options = value.Options,
        TraceParent = value.TraceParent,
    };
}
