namespace OrleansJobs;

/// <summary>How many jobs of a class are in each state; kept as jobs move, never counted.</summary>
public sealed record JobCounts
{
    /// <summary>Jobs that wait for their due time.</summary>
    public long Scheduled { get; init; }

    /// <summary>Jobs in the backlog.</summary>
    public long Queued { get; init; }

    /// <summary>Jobs that hold a slot.</summary>
    public long Running { get; init; }

    /// <summary>Jobs that wait for their next attempt.</summary>
    public long Retrying { get; init; }

    /// <summary>Kept jobs that succeeded.</summary>
    public long Succeeded { get; init; }

    /// <summary>Kept jobs that were dead-lettered.</summary>
    public long DeadLettered { get; init; }

    /// <summary>Kept jobs that were cancelled.</summary>
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
