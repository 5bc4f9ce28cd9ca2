namespace OrleansJobs;

/// <summary>Which jobs to list; what is null does not narrow.</summary>
public sealed record JobFilter
{
    /// <summary>Jobs of this class.</summary>
    public string? JobClass { get; init; }

    /// <summary>Jobs in this state, as <see cref="JobSnapshot.State"/> shows it.</summary>
    public JobState? State { get; init; }

    /// <summary>Jobs of this tenant.</summary>
    public string? Tenant { get; init; }

    /// <summary>Jobs with this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>The job with this unique key.</summary>
    public string? UniqueKey { get; init; }

    /// <summary>Jobs that were submitted at this time or later.</summary>
    public DateTimeOffset? SubmittedFrom { get; init; }

    /// <summary>Jobs that were submitted before this time.</summary>
    public DateTimeOffset? SubmittedBefore { get; init; }

    /// <summary>
    /// Jobs whose <see cref="JobSnapshot.LastError"/> has this text in its type or its message; the case of ASCII letters makes no
    /// difference. From <see cref="JobLimits.MinErrorTextLength"/> to <see cref="JobLimits.MaxErrorTextLength"/> characters.
    /// </summary>
    public string? ErrorText { get; init; }
}
