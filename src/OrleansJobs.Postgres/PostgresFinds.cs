using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.GroupCommit;

namespace OrleansJobs.Postgres;

/// <summary>Reads single jobs for many callers with one query a group, unless its jobs are large.</summary>
internal sealed class PostgresFinds : IAsyncDisposable
{
    private readonly PostgresReader _reader;
    private readonly int _maxBytes;
    private readonly BatchQueue<JobRead> _queue;

    public PostgresFinds(PostgresReader reader, GroupCommitLimits limits)
    {
        _reader = reader;
        _maxBytes = limits.MaxBatchBytes;
        _queue = BatchQueue<JobRead>.Start("jobs-postgres-finds", limits, ProcessAsync);
    }

    public Task<JobRecord?> FindAsync(JobId id)
    {
        var read = new JobRead(id);
        return _queue.SubmitAsync(read, read.Task);
    }

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private async Task ProcessAsync(IReadOnlyList<JobRead> batch)
    {
        while (batch.Count > 0)
        {
            var found = await PostgresQueries.FindManyAsync(_reader, [.. batch.Select(read => read.Id.Value)], _maxBytes);
            batch = Answer(batch, found);
        }
    }

    /// <summary>Answers those of whom it is known whether they are there, and gives back the others.</summary>
    private List<JobRead> Answer(IReadOnlyList<JobRead> batch, IReadOnlyList<(JobRecord Job, long Bytes)> found)
    {
        var isWhole = found.All(entry => entry.Bytes < _maxBytes);
        var byId = found.ToDictionary(entry => entry.Job.Id, entry => entry.Job);
        var open = new List<JobRead>();
        foreach (var read in batch)
        {
            var job = byId.GetValueOrDefault(read.Id);
            if (job is null && !isWhole)
            {
                open.Add(read);
            }
            else
            {
                read.Succeed(job);
            }
        }

        return open;
    }
}
