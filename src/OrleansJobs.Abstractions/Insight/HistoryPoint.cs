namespace OrleansJobs;

/// <summary>What a job class did in one period of its history.</summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record HistoryPoint
{
    /// <summary>When the period began.</summary>
    [Id(0)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Jobs that came into the backlog: new ones, and those that were retried by hand.</summary>
    [Id(1)]
    public int Arrived { get; init; }

    /// <summary>Attempts that were started.</summary>
    [Id(2)]
    public int Started { get; init; }

    /// <summary>Attempts that ended, however they ended.</summary>
    [Id(3)]
    public int Ended { get; init; }

    /// <summary>Jobs that ended, however they ended.</summary>
    [Id(4)]
    public int Finished { get; init; }

    /// <summary>Attempts that failed.</summary>
    [Id(5)]
    public int Failed { get; init; }

    /// <summary>Due jobs in the dispatcher's memory, on average over the period.</summary>
    [Id(6)]
    public double Waiting { get; init; }

    /// <summary>Slots taken, on average over the period.</summary>
    [Id(7)]
    public double Running { get; init; }

    /// <summary>Slots that there were, on average over the period.</summary>
    [Id(8)]
    public double Permits { get; init; }

    /// <summary>The mean time from due to start of the attempts that were started.</summary>
    [Id(9)]
    public TimeSpan MeanWait { get; init; }

    /// <summary>The mean time that ended attempts ran.</summary>
    [Id(10)]
    public TimeSpan MeanRun { get; init; }
}
