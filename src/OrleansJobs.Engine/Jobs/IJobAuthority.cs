using OrleansJobs.Core.Lifecycle.Commands;
namespace OrleansJobs.Engine.Jobs;

/// <summary>The way to the authority over a job, for the grid itself.</summary>
internal interface IJobAuthority
{
    /// <summary>Ends the lease of a silo that is dead, if the job still runs under it.</summary>
    /// <param name="id">The job.</param>
    /// <param name="expire">Silo and token of the lease.</param>
    /// <exception cref="GridUnavailableException">The store does not answer.</exception>
    Task<ExpireReply> ExpireAsync(JobId id, Expire expire);
}
