using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Simulation.Shell;

/// <summary>A lease from its arrival on a silo to the freeing of its slot.</summary>
internal sealed class Attempt(JobLease lease, DateTimeOffset receivedAt, DateTimeOffset grantedAt)
{
    public JobLease Lease { get; } = lease;

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    /// <summary>The time from which the lease certainly lasts a lease timeout more.</summary>
    public DateTimeOffset RenewedAt { get; private set; } = grantedAt;

    public CancellationCause Cause { get; private set; }

    /// <summary>The job's token once the attempt has started.</summary>
    public long? Token { get; set; }

    /// <summary>Whether the attempt ended without its handler, which still holds the slot.</summary>
    public bool Overstays { get; set; }

    /// <summary>Hears of stops.</summary>
    public Action<CancellationCause>? OnStop { get; set; }

    /// <summary>Hears that the handler that overstayed has returned.</summary>
    public Action? OnReturn { get; set; }

    public void Renewed(DateTimeOffset sentAt) => RenewedAt = sentAt > RenewedAt ? sentAt : RenewedAt;

    /// <summary>Asks the attempt to end. The first cause stands, except that a lost lease replaces any other.</summary>
    public void Stop(CancellationCause cause)
    {
        if (Cause == CancellationCause.None || (cause == CancellationCause.LeaseLost && Cause != cause))
        {
            Cause = cause;
            OnStop?.Invoke(cause);
        }
    }
}
