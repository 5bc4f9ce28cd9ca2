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

    public int Finished { get; set; }

    public int Failed { get; set; }

    /// <summary>From due to start; null until something started.</summary>
    public LatencyHistogram? Waits { get; private set; }

    /// <summary>From start to end; null until something ended.</summary>
    public LatencyHistogram? Runs { get; private set; }

    public double Waiting => Average(_waitingSeconds);

    public double Running => Average(_runningSeconds);

    public double Permits => Average(_permitSeconds);

    public void Waited(TimeSpan time) => (Waits ??= new LatencyHistogram()).Record(time);

    public void Ran(TimeSpan time) => (Runs ??= new LatencyHistogram()).Record(time);

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
        Ended = (int)(Runs?.Count ?? 0),
        Finished = Finished,
        Failed = Failed,
        Waiting = Waiting,
        Running = Running,
        Permits = Permits,
        MeanWait = Waits?.Mean ?? TimeSpan.Zero,
        MeanRun = Runs?.Mean ?? TimeSpan.Zero,
    };

    private double Average(double sum) => _seconds > 0 ? sum / _seconds : 0;
}
