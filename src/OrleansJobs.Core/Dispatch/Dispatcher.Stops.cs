namespace OrleansJobs.Core.Dispatch;

/// <content>Which attempts have to stop.</content>
public sealed partial class Dispatcher
{
    /// <summary>
    /// The running attempt of the job has to stop: its silo is told, and told again whenever it renews the lease. Of a job that is not leased
    /// it is remembered until a silo names a lease from before this life, or the store is read. Repeatable.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="leaseToken">The attempt's token where it is known; one that has another is left alone.</param>
    public void RequestStop(JobId id, long? leaseToken = null)
    {
        if (_leases.Find(id) is not { } lease)
        {
            RememberStop(id, leaseToken);
        }
        else
        {
            Stop(lease, leaseToken);
        }
    }

    /// <summary>Has the silo stop an attempt, unless it is known that another one runs.</summary>
    private static void Stop(LiveLease lease, long? token)
    {
        if (token is not null && lease.Token is not null && lease.Token != token)
        {
            return;
        }

        var stop = new StopOrder(lease.Lease.Id, token);
        if (!lease.IsRecovered && !lease.Silo.Stops.Contains(stop))
        {
            lease.Silo.Stops.Add(stop);
        }

        lease.Stop = stop;
    }

    /// <summary>Its attempt may run under a lease of which this life has not heard yet.</summary>
    private void RememberStop(JobId id, long? leaseToken)
    {
        ReconcileWanted = true;
        if (_stopsAhead.Count < DispatcherOptions.MaxStopsAhead)
        {
            _stopsAhead[id] = leaseToken;
        }
    }
}
