using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Quarantine;
using OrleansJobs.Diagnostics;
using OrleansJobs.Workers.Diagnostics;

namespace OrleansJobs.Workers.Quarantine;

/// <summary>What may start in this process beside what, of all classes: asks <see cref="SiloGate"/>, wakes those who wait, keeps the time.</summary>
public sealed partial class ProcessGate : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SiloGate _gate = new();
    private readonly List<GateVisit> _visits = [];
    private readonly ExplainedLosses _explained;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly long _madeAt;
    private Action? _onTurn;
    private volatile bool _isClosed;

    /// <summary>Makes the gate of an empty process.</summary>
    public ProcessGate(ExplainedLosses explained, TimeProvider time, ILogger<ProcessGate> logger)
    {
        ArgumentNullException.ThrowIfNull(explained);
        ArgumentNullException.ThrowIfNull(time);
        (_explained, _time, _logger, _madeAt) = (explained, time, logger.Contained(), time.GetTimestamp());
        _timer = time.CreateOwnedTimer("The end of an isolation", () => Do(static (gate, now) => gate.Advance(now)), _logger);
        explained.OnNew(() => Do((gate, now) => gate.Acquit(IsCleared, now)));
    }

    /// <summary>Whether nothing may start here, because a suspected job runs alone or is about to.</summary>
    public bool IsClosed => _isClosed;

    private TimeSpan Now => _time.GetElapsedTime(_madeAt);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    /// <summary>Sets what hears, after each time that the gate has closed or opened.</summary>
    internal void OnTurn(Action listener)
    {
        lock (_lock)
        {
            _onTurn += listener;
        }
    }

    /// <summary>A lease comes in to be started; false if the gate is closed.</summary>
    internal bool TryEnter()
    {
        lock (_lock)
        {
            return _gate.TryEnter(Now);
        }
    }

    /// <summary>What came in has left, with its visit if it was suspected.</summary>
    internal void Leave(GateVisit? visit)
    {
        lock (_lock)
        {
            if (_visits.Count == 0)
            {
                _gate.Leave(null, Now);
                return;
            }
        }

        LeaveBesideVisits(visit);
    }

    /// <summary>A job that has come in is suspected and asks for a place.</summary>
    internal GateVisit Ask(JobRecord job, Func<Task> endIsolation)
    {
        GateVisit? visit = null;
        Do((gate, now) =>
        {
            visit = new GateVisit(gate.Ask(job, Suspects.Of(job, isExplained: null), now), endIsolation);
            _visits.Add(visit);
        });
        if (!visit!.Placed.IsCompleted)
        {
            LogWaits(_logger, job.Id, job.JobClass, job.SiloLosses);
        }

        return visit;
    }

    /// <summary>Nobody waits for a place any more.</summary>
    internal void Drain() => Do(static (gate, _) => gate.Drain());

    // A method of its own: what its closure holds would be allocated for every job.
    private void LeaveBesideVisits(GateVisit? visit) => Do((gate, now) =>
    {
        gate.Leave(visit?.Visit, now);
        if (visit is not null)
        {
            visit.HasLeft = _visits.Remove(visit);
        }
    });

    private bool IsCleared(JobRecord job) => Suspects.Of(job, _explained.Contains) == Suspicion.None;

    private void Do(Action<SiloGate, TimeSpan> act)
    {
        List<GateVisit> placed, joining;
        Action? onTurn;
        lock (_lock)
        {
            act(_gate, Now);
            placed = _visits.FindAll(visit => visit.TryPlace());
            joining = _visits.FindAll(visit => visit is { Visit.MustJoin: true, IsJoining: false });
            joining.ForEach(visit => visit.IsJoining = true);
            SetTimer();
            onTurn = _isClosed == _gate.IsClosed ? null : _onTurn;
            _isClosed = _gate.IsClosed;
        }

        placed.ForEach(Tell);
        joining.ForEach(visit => JoinAsync(visit).Own("The end of an isolation", _logger));
        onTurn?.Invoke();
    }

    private void SetTimer()
    {
        var next = _gate.NextAt is { } at ? at - Now : Timeout.InfiniteTimeSpan;
        _timer.Change(next > TimeSpan.Zero || next == Timeout.InfiniteTimeSpan ? next : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    private async Task JoinAsync(GateVisit visit)
    {
        await visit.EndIsolationAsync();
        Do((gate, now) => gate.Joined(visit.Visit, now));
        LogJoined(_logger, visit.Visit.Job.Id, visit.Visit.Job.JobClass);
    }

    private void Tell(GateVisit visit)
    {
        var job = visit.Visit.Job;
        if (visit.Visit.Place == StartPlace.Alone)
        {
            LogAlone(_logger, job.Id, job.JobClass, job.SiloLosses);
        }

        WorkerTelemetry.SuspectPlaced(job.JobClass, visit.Visit.Place!.Value);
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "This silo starts no more jobs until it is empty for job {JobId} ({JobClass}): {SiloLosses} silos were lost while they ran it.")]
    private static partial void LogWaits(ILogger logger, JobId jobId, string jobClass, int siloLosses);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Job {JobId} ({JobClass}) runs alone on this silo: {SiloLosses} silos were lost while they ran it. If this one is lost too, the job is dead-lettered.")]
    private static partial void LogAlone(ILogger logger, JobId jobId, string jobClass, int siloLosses);

    [LoggerMessage(Level = LogLevel.Information, Message = "Others may run beside job {JobId} ({JobClass}) again.")]
    private static partial void LogJoined(ILogger logger, JobId jobId, string jobClass);
}
