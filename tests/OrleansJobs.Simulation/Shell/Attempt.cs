using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Quarantine;

namespace OrleansJobs.Simulation.Shell;

/// <summary>A lease from its arrival on a silo to the freeing of its slot.</summary>
internal sealed class Attempt(JobLease lease, DateTimeOffset receivedAt, DateTimeOffset grantedAt)
{
    private long? _token;
    private long? _tokenToCancel;

    public JobLease Lease { get; } = lease;

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    /// <summary>The time from which the lease certainly lasts a lease timeout more.</summary>
    public DateTimeOffset RenewedAt { get; private set; } = grantedAt;

    public CancellationCause Cause { get; private set; }

    /// <summary>The job's token once the attempt has started.</summary>
    public long? Token
    {
        get => _token;
        set
        {
            _token = value;
            CancelIfMeant();
        }
    }

    /// <summary>Whether the attempt ended without its handler, which still holds the slot.</summary>
    public bool Overstays { get; set; }

    /// <summary>Whether it has passed the silo's gate.</summary>
    public bool IsInside { get; set; }

    /// <summary>Its visit at the silo's gate, if its job is suspected.</summary>
    public SiloVisit? Visit { get; set; }

    /// <summary>Whether the job's authority has said that it did not start, or has ended.</summary>
    public bool IsSettled { get; set; }

    /// <summary>Stores that it runs alone no more, then goes on.</summary>
    public Action<Action>? EndIsolation { get; set; }

    /// <summary>Whether the job may still be stored as running alone here.</summary>
    public bool MayBeAlone => Visit?.Place == StartPlace.Alone && !IsSettled;

    /// <summary>Hears of stops.</summary>
    public Action<CancellationCause>? OnStop { get; set; }

    /// <summary>Hears that the handler that overstayed has returned.</summary>
    public Action? OnReturn { get; set; }

    public void Renewed(DateTimeOffset sentAt) => RenewedAt = sentAt > RenewedAt ? sentAt : RenewedAt;

    /// <summary>Asks the attempt to end if it is the one that is meant, which may be known only after its start.</summary>
    public void Cancel(long? token)
    {
        _tokenToCancel = token;
        if (token is null)
        {
            Stop(CancellationCause.Cancelled);
        }

        CancelIfMeant();
    }

    /// <summary>Asks the attempt to end. The first cause stands, except that a lost lease replaces any other.</summary>
    public void Stop(CancellationCause cause)
    {
        if (Cause == CancellationCause.None || (cause == CancellationCause.LeaseLost && Cause != cause))
        {
            Cause = cause;
            OnStop?.Invoke(cause);
        }
    }

    private void CancelIfMeant()
    {
        if (_token is { } token && token == _tokenToCancel)
        {
            Stop(CancellationCause.Cancelled);
        }
    }
}
