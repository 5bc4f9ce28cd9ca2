using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Storage;

namespace OrleansJobs.Engine.Tests.Jobs;

/// <summary>A row in memory whose writes a test lets fail, or whose job it changes behind the cell's back.</summary>
internal sealed class ScriptedRow(JobRecord? stored) : IJobRow
{
    public JobRecord? Stored { get; set; } = stored;

    public int Reads { get; private set; }

    /// <summary>What happens before each write.</summary>
    public Action BeforeWrite { get; set; } = () => { };

    /// <summary>What happens after each write.</summary>
    public Action AfterWrite { get; set; } = () => { };

    public Task<JobRecord?> ReadAsync()
    {
        Reads++;
        return Task.FromResult(Stored);
    }

    public Task<InsertOutcome> InsertAsync(JobRecord record)
    {
        var status = Stored is null ? InsertStatus.Inserted : InsertStatus.IdTaken;
        return WriteAsync(Stored is null, record, new InsertOutcome(status, record.Id));
    }

    public Task<bool> UpdateAsync(JobRecord next, JobState before)
    {
        BeforeWrite();
        var matches = Stored?.Version == next.Version - 1 && Stored.State == before;
        return WriteAsync(matches, next, matches);
    }

    public Task<bool> DeleteAsync(JobRecord job)
    {
        BeforeWrite();
        var matches = Stored?.Version == job.Version;
        return WriteAsync(matches, null, matches);
    }

    private Task<T> WriteAsync<T>(bool write, JobRecord? record, T answer)
    {
        Stored = write ? record : Stored;
        AfterWrite();
        return Task.FromResult(answer);
    }
}
