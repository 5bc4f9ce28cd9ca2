using Orleans.Storage;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Storage;

namespace OrleansJobs.Grains.Jobs;

/// <summary>A job's row as its grain's persistent state.</summary>
internal sealed class GrainRow(IPersistentState<JobRecord> state) : IJobRow
{
    /// <summary>What the activation has read.</summary>
    public JobRecord? Loaded => state.RecordExists ? state.State : null;

    public async Task<JobRecord?> ReadAsync()
    {
        await state.ReadStateAsync();
        return Loaded;
    }

    public async Task<InsertOutcome> InsertAsync(JobRecord record)
    {
        try
        {
            state.State = record;
            await state.WriteStateAsync();
            return new InsertOutcome(InsertStatus.Inserted, record.Id);
        }
        catch (UniqueKeyTakenException taken)
        {
            return new InsertOutcome(InsertStatus.UniqueKeyTaken, taken.Holder);
        }
        catch (InconsistentStateException)
        {
            return new InsertOutcome(InsertStatus.IdTaken, record.Id);
        }
    }

    public async Task<bool> UpdateAsync(JobRecord next, JobState before)
    {
        try
        {
            state.State = next;
            await state.WriteStateAsync();
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    public async Task<bool> DeleteAsync(JobRecord job)
    {
        try
        {
            await state.ClearStateAsync();
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }
}
