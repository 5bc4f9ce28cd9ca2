using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage;

namespace OrleansJobs.Engine.Jobs;

/// <summary>The stored row of one job. A write that throws may have happened.</summary>
internal interface IJobRow
{
    /// <summary>The job as it is stored; null if there is none.</summary>
    Task<JobRecord?> ReadAsync();

    /// <summary>Stores the job, unless its id or its unique key is there already.</summary>
    Task<InsertOutcome> InsertAsync(JobRecord record);

    /// <summary>Stores the job's next version; false if another version than the one before it is stored.</summary>
    Task<bool> UpdateAsync(JobRecord next, JobState before);

    /// <summary>Deletes the ended job; false if another version than this is stored, or none.</summary>
    Task<bool> DeleteAsync(JobRecord job);
}
