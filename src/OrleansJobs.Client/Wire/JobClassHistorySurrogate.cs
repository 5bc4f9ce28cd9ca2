namespace OrleansJobs.Client.Wire;

/// <summary><see cref="JobClassHistory"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.class-history")]
internal struct JobClassHistorySurrogate
{
    [Id(0)]
    public string JobClass;

    [Id(1)]
    public TimeSpan Period;

    [Id(2)]
    public HistoryPoint[] Points;

    [Id(3)]
    public LatencySummary Wait;

    [Id(4)]
    public LatencySummary Run;

    [Id(5)]
    public LatencyBucket[] Waits;

    [Id(6)]
    public LatencyBucket[] Runs;

    [Id(7)]
    public ClassVerdict Verdict;

    [Id(8)]
    public TimeSpan OldestWait;
}

/// <summary>Moves <see cref="JobClassHistory"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class JobClassHistoryConverter : IConverter<JobClassHistory, JobClassHistorySurrogate>
{
    public JobClassHistory ConvertFromSurrogate(in JobClassHistorySurrogate surrogate) => new()
    {
        JobClass = surrogate.JobClass,
        Period = surrogate.Period,
        Points = surrogate.Points,
        Wait = surrogate.Wait,
        Run = surrogate.Run,
        Waits = surrogate.Waits,
        Runs = surrogate.Runs,
        Verdict = surrogate.Verdict,
        OldestWait = surrogate.OldestWait,
    };

    public JobClassHistorySurrogate ConvertToSurrogate(in JobClassHistory value) => new()
    {
        JobClass = value.JobClass,
        Period = value.Period,
        Points = [.. value.Points],
        Wait = value.Wait,
        Run = value.Run,
        Waits = [.. value.Waits],
        Runs = [.. value.Runs],
        Verdict = value.Verdict,
        OldestWait = value.OldestWait,
    };
}
