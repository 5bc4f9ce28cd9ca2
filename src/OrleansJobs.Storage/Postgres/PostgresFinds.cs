using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.GroupCommit;

namespace OrleansJobs.Storage.Postgres;

/// <summary>Reads single jobs for many callers with one query a group.</summary>
internal sealed class PostgresFinds : IAsyncDisposable
{
    private readonly PostgresReader _reader;
    private readonly BatchQueue<JobRead> _queue;

    public PostgresFinds(PostgresReader reader, GroupCommitLimits limits)
    {
        _reader = reader;
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
        var jobs = await PostgresQueries.FindManyAsync(_reader, batch.Select(read => read.Id.Value).ToArray());
        var byId = jobs.ToDictionary(job => job.Id);
        foreach (var read in batch)
        {
            read.Succeed(byId.GetValueOrDefault(read.Id));
        }
    }
}
