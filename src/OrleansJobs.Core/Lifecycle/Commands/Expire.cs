namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>The lease ran out: the silo died or stopped renewing. Costs an attempt, because the attempt may have killed the silo.</summary>
/// <param name="Silo">The silo whose lease it is; a job that runs elsewhere by now is left alone.</param>
/// <param name="LeaseToken">The token of the lease where it is known; null for whichever lease that silo holds.</param>
/// <param name="SiloIsDead">Whether membership calls that silo dead. A lease that ran out on a silo that lives says nothing of the job.</param>
public sealed record Expire(string Silo, long? LeaseToken = null, bool SiloIsDead = false) : JobCommand
{
    /// <summary>W3C trace parent of the span that shows the lost attempt, if one is recorded.</summary>
    public string? TraceParent { get; init; }
}
