namespace OrleansJobs.Workers.Diagnostics;

/// <summary>What this process uses of its machine.</summary>
internal sealed class ProcessVitals
{
    /// <summary>Processor time is compared over at least so long; asked more often, the last figure holds.</summary>
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private long _measuredAt;
    private TimeSpan _processorTime;
    private double _fraction;

    /// <summary>Begins to measure.</summary>
    public ProcessVitals(TimeProvider time) =>
        (_time, _measuredAt, _processorTime) = (time, time.GetTimestamp(), Environment.CpuUsage.TotalTime);

    /// <summary>The status with the process's figures in it.</summary>
    public SiloOverview AddTo(SiloOverview silo) => silo with
    {
        Host = Environment.MachineName,
        ProcessId = Environment.ProcessId,
        CpuFraction = CpuFraction(),
        Processors = Environment.ProcessorCount,
        WorkingSetBytes = Environment.WorkingSet,
        GcHeapBytes = GC.GetTotalMemory(forceFullCollection: false),
        GcPauseFraction = GC.GetGCMemoryInfo().PauseTimePercentage / 100,
        Gen2Collections = GC.CollectionCount(GC.MaxGeneration),
    };

    /// <summary>What was used of all processors since the last time that somebody asked, if that is not too short ago.</summary>
    private double CpuFraction()
    {
        lock (_gate)
        {
            var elapsed = _time.GetElapsedTime(_measuredAt);
            if (elapsed >= ShortestPeriod)
            {
                var used = Environment.CpuUsage.TotalTime;
                _fraction = Math.Clamp((used - _processorTime) / (elapsed * Environment.ProcessorCount), 0, 1);
                (_measuredAt, _processorTime) = (_time.GetTimestamp(), used);
            }

            return _fraction;
        }
    }
}
