using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Storage;

namespace OrleansJobs.Embedded.Jobs;

/// <summary>A job in this process's memory: its cell, its place in the store, and who works with it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without wait handle holds nothing to dispose of.")]
internal sealed class CachedJob : IJobRow
{
    private readonly IJobStore _store;

    public CachedJob(JobId id, IJobStore store, ILogger logger)
    {
        (Id, _store) = (id, store);
        Cell = new JobCell(this, logger);
    }

    public JobId Id { get; }

    public JobCell Cell { get; }

    /// <summary>Gives the cell one call at a time, in order.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Calls that have to do with the job now. Only to be touched by the table.</summary>
    public int Users { get; set; }

    /// <summary>Its place among those that nobody has to do with. Only to be touched by the table.</summary>
    public LinkedListNode<CachedJob>? Idle { get; set; }

    /// <summary>The timestamp since which nobody has to do with it.</summary>
    public long IdleSince { get; set; }

    public Task<JobRecord?> ReadAsync() => _store.FindAsync(Id);

    public Task<InsertOutcome> InsertAsync(JobRecord record) => _store.InsertAsync(record);

    public Task<bool> UpdateAsync(JobRecord next, JobState before) => _store.UpdateAsync(next, before);

    public Task<bool> DeleteAsync(JobRecord job) => _store.DeleteAsync(job.Id, job.Version);
}
