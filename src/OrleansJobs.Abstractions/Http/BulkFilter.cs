namespace OrleansJobs.Http;

/// <summary>Which jobs a bulk run is for, with the names of the queries of a listing; what is null does not narrow.</summary>
public sealed record BulkFilter
{
    /// <summary>Jobs of this class.</summary>
    public string? JobClass { get; init; }

    /// <summary>Jobs in this state.</summary>
    public JobState? State { get; init; }

    /// <summary>Jobs of this tenant; empty for the shared one.</summary>
    public string? Tenant { get; init; }

    /// <summary>Jobs with this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>The job with this unique key.</summary>
    public string? UniqueKey { get; init; }

    /// <summary>Jobs submitted at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Jobs submitted before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Jobs with this text in their last error's type or message.</summary>
    public string? Error { get; init; }

    /// <summary>The same as a filter of a listing.</summary>
    public JobFilter ToJobFilter() => new()
    {
        JobClass = JobClass,
        State = State,
        Tenant = Tenant,
        Tag = Tag,
        UniqueKey = UniqueKey,
        SubmittedFrom = From,
        SubmittedBefore = Before,
        ErrorText = Error,
    };
}
