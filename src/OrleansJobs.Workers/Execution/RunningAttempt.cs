using System.Diagnostics.CodeAnalysis;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Workers.Diagnostics;
using OrleansJobs.Workers.Quarantine;

namespace OrleansJobs.Workers.Execution;

/// <summary>A lease from its arrival on this silo to the freeing of its slot: who wants it stopped, and whether its handler has returned.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A token source without timer and wait handle holds nothing to dispose of.")]
internal sealed class RunningAttempt(JobLease lease, long receivedAt, long grantedAt, CancellationToken abandoned)
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private CancellationCause _cause;
    private Action<CancellationCause>? _onStop;
    private TaskCompletionSource? _overstay;
    private long _leaseToken;
    private long _tokenToCancel;
    private long _renewedAt = grantedAt;

    public JobLease Lease { get; } = lease;

    /// <summary>The timestamp at which the lease arrived here; the dispatcher's clock may differ.</summary>
    public long ReceivedAt { get; } = receivedAt;

    /// <summary>The timestamp from which the lease certainly lasts a lease timeout more.</summary>
    public long RenewedAt => Volatile.Read(ref _renewedAt);

    /// <summary>Fires when the silo has no time left to bring anything to an end.</summary>
    public CancellationToken Abandoned { get; } = abandoned;

    /// <summary>Fires when the attempt should end.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Another attempt of the same job on this silo: its old handler has not returned yet.</summary>
    public RunningAttempt? Sibling { get; set; }

    /// <summary>The job as the attempt was started; null before.</summary>
    public JobRecord? Job { get; set; }

    /// <summary>Its visit at the process's gate, if the job is suspected of ending silos.</summary>
    public GateVisit? Visit { get; set; }

    /// <summary>What log lines about the attempt carry.</summary>
    public JobScope Scope => Job is { } job ? JobScope.Of(job) : new JobScope(Lease.Job.Id, Lease.JobClass);

    /// <summary>The spans of the attempt; null before its start, and if nobody wants them.</summary>
    public AttemptTrace? Trace { get; set; }

    public CancellationCause Cause
    {
        get
        {
            lock (_gate)
            {
                return _cause;
            }
        }
    }

    /// <summary>The job's token once the attempt has started; null before.</summary>
    public long? LeaseToken
    {
        get => Volatile.Read(ref _leaseToken) is var token and not 0 ? token : null;
        set => Volatile.Write(ref _leaseToken, value ?? 0);
    }

    /// <summary>Completed unless the attempt was ended without its handler; then it completes when the handler returns.</summary>
    public Task HandlerReturned => Volatile.Read(ref _overstay)?.Task ?? Task.CompletedTask;

    /// <summary>
    /// Asks the attempt to end. The first cause stands, except that a lost lease replaces any other: nothing that ends later counts.
    /// The handler's own reactions to its token run on the thread pool, never in the caller.
    /// </summary>
    public void Stop(CancellationCause cause)
    {
        Action<CancellationCause>? onStop;
        lock (_gate)
        {
            if (_cause != CancellationCause.None && (cause != CancellationCause.LeaseLost || _cause == cause))
            {
                return;
            }

            _cause = cause;
            onStop = _onStop;
        }

        Trace?.StopAsked(cause);
        ObserveFaults(_stop.CancelAsync());
        onStop?.Invoke(cause);
    }

    /// <summary>Asks the attempt to end because its job is to be cancelled.</summary>
    /// <param name="leaseToken">The attempt that is meant; null if it is this one. Whether it is, may be known only after its start.</param>
    public void Cancel(long? leaseToken)
    {
        if (leaseToken is { } token)
        {
            Volatile.Write(ref _tokenToCancel, token);
            CancelIfMeant();
        }
        else
        {
            Stop(CancellationCause.Cancelled);
        }
    }

    /// <summary>Asks the attempt to end if its token, which may have become known just now, is the one of a cancel that came before.</summary>
    public void CancelIfMeant()
    {
        Interlocked.MemoryBarrier();
        if (LeaseToken is { } token && token == Volatile.Read(ref _tokenToCancel))
        {
            Stop(CancellationCause.Cancelled);
        }
    }

    /// <summary>Sets what hears of a stop; it hears at once of one that has come already.</summary>
    public void OnStop(Action<CancellationCause> listener)
    {
        CancellationCause cause;
        lock (_gate)
        {
            _onStop = listener;
            cause = _cause;
        }

        if (cause != CancellationCause.None)
        {
            listener(cause);
        }
    }

    /// <summary>Notes that the lease was renewed by a request sent at that timestamp. Called by one at a time.</summary>
    public void Renewed(long sentAt) => Volatile.Write(ref _renewedAt, Math.Max(_renewedAt, sentAt));

    /// <summary>The attempt goes on without its handler, which still holds the slot.</summary>
    public void BeginOverstay() => Volatile.Write(ref _overstay, new(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>The job's authority has said that the attempt did not start, or has ended.</summary>
    public void Settle()
    {
        if (Visit is { } visit)
        {
            visit.IsSettled = true;
        }
    }

    /// <summary>The handler that overstayed has returned.</summary>
    public void EndOverstay() => _overstay!.TrySetResult();

    // What a handler registers on its token may throw; that is its own affair and must not become an unobserved fault of the process.
    private static void ObserveFaults(Task cancelling) => _ = cancelling.ContinueWith(
        static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
