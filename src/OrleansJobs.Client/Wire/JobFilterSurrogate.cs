namespace OrleansJobs.Client.Wire;

/// <summary><see cref="JobFilter"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.filter")]
internal struct JobFilterSurrogate
{
    [Id(0)]
    public string? JobClass;

    [Id(1)]
    public JobState? State;

    [Id(2)]
    public string? Tenant;

    [Id(3)]
    public string? Tag;

    [Id(4)]
    public string? UniqueKey;

    [Id(5)]
    public DateTimeOffset? SubmittedFrom;

    [Id(6)]
    public DateTimeOffset? SubmittedBefore;

    [Id(7)]
    public string? ErrorText;
}

/// <summary>Moves <see cref="JobFilter"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class JobFilterConverter : IConverter<JobFilter, JobFilterSurrogate>
{
    public JobFilter ConvertFromSurrogate(in JobFilterSurrogate surrogate) => new()
    {
        JobClass = surrogate.JobClass,
        State = surrogate.State,
        Tenant = surrogate.Tenant,
        Tag = surrogate.Tag,
        UniqueKey = surrogate.UniqueKey,
        SubmittedFrom = surrogate.SubmittedFrom,
        SubmittedBefore = surrogate.SubmittedBefore,
        ErrorText = surrogate.ErrorText,
    };

    public JobFilterSurrogate ConvertToSurrogate(in JobFilter value) => new()
    {
        JobClass = value.JobClass,
        State = value.State,
        Tenant = value.Tenant,
        Tag = value.Tag,
        UniqueKey = value.UniqueKey,
        SubmittedFrom = value.SubmittedFrom,
        SubmittedBefore = value.SubmittedBefore,
        ErrorText = value.ErrorText,
    };
}
