using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage;
using OrleansJobs.TestKit;

namespace OrleansJobs.Embedded.Tests.Jobs;

/// <summary>Rows of jobs in a dictionary; counts the reads.</summary>
internal sealed class MemoryRows
{
    private readonly Dictionary<JobId, JobRecord> _rows = [];

    public MemoryRows() => Store = StandInStore.Of(null, Answer);

    public IJobStore Store { get; }

    public int Reads { get; private set; }

    private object? Answer(string member, object?[] arguments) => member switch
    {
        nameof(IJobStore.FindAsync) => Find((JobId)arguments[0]!),
        nameof(IJobStore.InsertAsync) => Insert((JobRecord)arguments[0]!),
        nameof(IJobStore.UpdateAsync) => Update((JobRecord)arguments[0]!),
        _ => null,
    };

    private Task<JobRecord?> Find(JobId id)
    {
        Reads++;
        return Task.FromResult(_rows.GetValueOrDefault(id));
    }

    private Task<InsertOutcome> Insert(JobRecord record) =>
        Task.FromResult(new InsertOutcome(_rows.TryAdd(record.Id, record) ? InsertStatus.Inserted : InsertStatus.IdTaken, record.Id));

    private Task<bool> Update(JobRecord next)
    {
        var matches = _rows.GetValueOrDefault(next.Id)?.Version == next.Version - 1;
        if (matches)
        {
            _rows[next.Id] = next;
        }

        return Task.FromResult(matches);
    }
}
