namespace OrleansJobs.Core.Insight;

/// <summary>One period of a class's history, as it fills.</summary>
internal sealed class HistorySlice(DateTimeOffset at)
{
    private double _waitingSeconds;
    private double _runningSeconds;
    private double _permitSeconds;
    private double _seconds;

    public DateTimeOffset At { get; } = at;

    public int Arrived { get; set; }

    public int Started { get; set; }

    public int Ended { get; set; }

    public int Finished { get; set; }

    public int Failed { get; set; }

    /// <summary>From due to start.</summary>
    public LatencyHistogram Waits { get; } = new();

    /// <summary>From start to end.</summary>
    public LatencyHistogram Runs { get; } = new();

    public double Waiting => Average(_waitingSeconds);

    public double Running => Average(_runningSeconds);

    public double Permits => Average(_permitSeconds);

    /// <summary>For so long the class stood like this.</summary>
    public void Stood(ClassLoad load, TimeSpan time)
    {
        _seconds += time.TotalSeconds;
        _waitingSeconds += load.Waiting * time.TotalSeconds;
        _runningSeconds += load.Running * time.TotalSeconds;
        _permitSeconds += load.Permits * time.TotalSeconds;
    }

    public HistoryPoint ToPoint() => new()
    {
        At = At,
        Arrived = Arrived,
        Started = Started,
        Ended = Ended,
        Finished = Finished,
        Failed = Failed,
        Waiting = Waiting,
        Running = Running,
        Permits = Permits,
        MeanWait = Waits.Mean,
        MeanRun = Runs.Mean,
    };

    private double Average(double sum) => _seconds > 0 ? sum / _seconds : 0;
}
