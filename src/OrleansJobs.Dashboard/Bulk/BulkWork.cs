using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Bulk;

/// <summary>A run under way: what it is to do, and how far it is.</summary>
internal sealed class BulkWork(BulkRun begun, string? reason) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private BulkRun _run = begun;

    public string? Reason => reason;

    /// <summary>Fires when somebody has asked it to stop.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>How far it is.</summary>
    public BulkRun Run
    {
        get
        {
            lock (_lock)
            {
                return _run;
            }
        }
    }

    public void Examined() => Change(run => run with { Examined = run.Examined + 1 });

    public void Changed() => Change(run => run with { Changed = run.Changed + 1 });

    public void Refused() => Change(run => run with { Refused = run.Refused + 1 });

    public void Left(long jobs) => Change(run => run with { Left = jobs });

    public void End(DateTimeOffset at, string? error) => Change(run => run with
    {
        EndedAt = at,
        Done = error is null && !_stop.IsCancellationRequested,
        Stopped = _stop.IsCancellationRequested,
        Error = error,
    });

    public void Stop() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    private void Change(Func<BulkRun, BulkRun> change)
    {
        lock (_lock)
        {
            _run = change(_run);
        }
    }
}
