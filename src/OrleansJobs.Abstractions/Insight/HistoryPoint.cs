namespace OrleansJobs;

/// <summary>What a job class did in one period of its history.</summary>
public sealed record HistoryPoint
{
    /// <summary>When the period began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Jobs that came into the backlog: new ones, and those that were retried by hand.</summary>
    public int Arrived { get; init; }

    /// <summary>Attempts that were started.</summary>
    public int Started { get; init; }

    /// <summary>Attempts that ended, however they ended.</summary>
    public int Ended { get; init; }

    /// <summary>Jobs that ended, however they ended.</summary>
    public int Finished { get; init; }

    /// <summary>Attempts that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Due jobs in the dispatcher's memory, on average over the period.</summary>
    public double Waiting { get; init; }

    /// <summary>Slots taken, on average over the period.</summary>
    public double Running { get; init; }

    /// <summary>Slots that there were, on average over the period.</summary>
    public double Permits { get; init; }

    /// <summary>The mean time from due to start of the attempts that were started.</summary>
    public TimeSpan MeanWait { get; init; }

    /// <summary>The mean time that ended attempts ran.</summary>
    public TimeSpan MeanRun { get; init; }
}
