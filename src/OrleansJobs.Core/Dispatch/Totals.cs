namespace OrleansJobs.Core.Dispatch;

/// <summary>What has happened in a dispatcher's life.</summary>
internal sealed class Totals
{
    public long Started { get; private set; }

    public long Finished { get; set; }

    public long Failed { get; private set; }

    /// <summary>An attempt is known to have started under the lease.</summary>
    public void CountStart(LiveLease lease)
    {
        Started += lease.IsCounted ? 0 : 1;
        lease.IsCounted = true;
    }

    public void CountEnd(LiveLease lease, LeaseCompletion completion)
    {
        if (!completion.Started)
        {
            return;
        }

        CountStart(lease);
        Failed += completion.Failed ? 1 : 0;
        Finished += completion.State.IsTerminal() ? 1 : 0;
    }
}
