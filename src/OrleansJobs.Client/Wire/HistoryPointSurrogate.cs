namespace OrleansJobs.Client.Wire;

/// <summary><see cref="HistoryPoint"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.history-point")]
internal struct HistoryPointSurrogate
{
    [Id(0)]
    public DateTimeOffset At;

    [Id(1)]
    public int Arrived;

    [Id(2)]
    public int Started;

    [Id(3)]
    public int Ended;

    [Id(4)]
    public int Finished;

    [Id(5)]
    public int Failed;

    [Id(6)]
    public double Waiting;

    [Id(7)]
    public double Running;

    [Id(8)]
    public double Permits;

    [Id(9)]
    public TimeSpan MeanWait;

    [Id(10)]
    public TimeSpan MeanRun;
}

/// <summary>Moves <see cref="HistoryPoint"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class HistoryPointConverter : IConverter<HistoryPoint, HistoryPointSurrogate>
{
    public HistoryPoint ConvertFromSurrogate(in HistoryPointSurrogate surrogate) => new()
    {
        At = surrogate.At,
        Arrived = surrogate.Arrived,
        Started = surrogate.Started,
        Ended = surrogate.Ended,
        Finished = surrogate.Finished,
        Failed = surrogate.Failed,
        Waiting = surrogate.Waiting,
        Running = surrogate.Running,
        Permits = surrogate.Permits,
        MeanWait = surrogate.MeanWait,
        MeanRun = surrogate.MeanRun,
    };

    public HistoryPointSurrogate ConvertToSurrogate(in HistoryPoint value) => new()
    {
        At = value.At,
        Arrived = value.Arrived,
        Started = value.Started,
        Ended = value.Ended,
        Finished = value.Finished,
        Failed = value.Failed,
        Waiting = value.Waiting,
        Running = value.Running,
        Permits = value.Permits,
        MeanWait = value.MeanWait,
        MeanRun = value.MeanRun,
    };
}
