namespace OrleansJobs;

/// <summary>Which jobs to list; what is null does not narrow.</summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record JobFilter
{
    /// <summary>Jobs of this class.</summary>
    [Id(0)]
    public string? JobClass { get; init; }

    /// <summary>Jobs in this state, as <see cref="JobSnapshot.State"/> shows it.</summary>
    [Id(1)]
    public JobState? State { get; init; }

    /// <summary>Jobs of this tenant.</summary>
    [Id(2)]
    public string? Tenant { get; init; }

    /// <summary>Jobs with this tag.</summary>
    [Id(3)]
    public string? Tag { get; init; }

    /// <summary>The job with this unique key.</summary>
    [Id(4)]
    public string? UniqueKey { get; init; }

    /// <summary>Jobs that were submitted at this time or later.</summary>
    [Id(5)]
    public DateTimeOffset? SubmittedFrom { get; init; }

    /// <summary>Jobs that were submitted before this time.</summary>
    [Id(6)]
    public DateTimeOffset? SubmittedBefore { get; init; }

    /// <summary>
    /// Jobs whose <see cref="JobSnapshot.LastError"/> has this text in its type or its message; the case of ASCII letters makes no
    /// difference. From <see cref="JobLimits.MinErrorTextLength"/> to <see cref="JobLimits.MaxErrorTextLength"/> characters.
    /// </summary>
    [Id(7)]
    public string? ErrorText { get; init; }
}
