namespace OrleansJobs;

/// <summary>How many jobs of a class are in each state; kept as jobs move, never counted.</summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record JobCounts
{
    /// <summary>Jobs that wait for their due time.</summary>
    [Id(0)]
    public long Scheduled { get; init; }

    /// <summary>Jobs in the backlog.</summary>
    [Id(1)]
    public long Queued { get; init; }

    /// <summary>Jobs that hold a slot.</summary>
    [Id(2)]
    public long Running { get; init; }

    /// <summary>Jobs that wait for their next attempt.</summary>
    [Id(3)]
    public long Retrying { get; init; }

    /// <summary>Kept jobs that succeeded.</summary>
    [Id(4)]
    public long Succeeded { get; init; }

    /// <summary>Kept jobs that were dead-lettered.</summary>
    [Id(5)]
    public long DeadLettered { get; init; }

    /// <summary>Kept jobs that were cancelled.</summary>
    [Id(6)]
    public long Cancelled { get; init; }

    /// <summary>Jobs that have not ended.</summary>
    public long Open => Scheduled + Queued + Running + Retrying;

    /// <summary>The count of one state.</summary>
    public long this[JobState state] => state switch
    {
        JobState.Scheduled => Scheduled,
        JobState.Queued => Queued,
        JobState.Running => Running,
        JobState.Retrying => Retrying,
        JobState.Succeeded => Succeeded,
        JobState.DeadLettered => DeadLettered,
        JobState.Cancelled => Cancelled,
        _ => 0,
    };
}
