using Orleans.Concurrency;
using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Grains.Pools;

/// <summary>The pool of a job class on a silo: each activation is a slot. Keyed by the class's name.</summary>
/// <typeparam name="THandler">The class's handler.</typeparam>
[Alias("orleansjobs.worker`1")]
public interface IWorkerGrain<THandler> : IGrainWithStringKey
{
    /// <summary>
    /// Runs a lease to its end. Not called without a permit, so there is an activation that is free, or may be made. Orleans looks for it
    /// while activations begin to work, and now and then takes one that has just begun for free: then the lease must not wait behind a job
    /// that may run for hours, so it interleaves.
    /// </summary>
    [Alias("run"), AlwaysInterleave, ResponseTimeout("30.00:00:00")]
    Task<Immutable<LeaseCompletion>> RunAsync([Immutable] JobLease lease);
}
