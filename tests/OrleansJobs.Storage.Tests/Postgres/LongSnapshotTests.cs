using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Postgres;

/// <summary>While a session holds a snapshot, as a dump or a report does, nothing that it can still see is cleared away.</summary>
public sealed class LongSnapshotTests : PostgresTest
{
    private const int Commits = 2_500;
    private const int Sample = 60;

    // The blocks that the server touches, in tables and indexes. It tells of them when a session ends.
    private const string Touched =
        "SELECT sum(coalesce(heap_blks_hit, 0) + coalesce(heap_blks_read, 0) + coalesce(idx_blks_hit, 0) + coalesce(idx_blks_read, 0)) FROM pg_statio_user_tables";

    [SkippableFact]
    public async Task Write_AfterManyCommitsBesideALongSnapshot_TouchesNoMoreThanBefore()
    {
        await Store.DisposeAsync();
        await MeasureAsync(WriteAsync, 200);
        await using var snapshot = await Harness.ConnectAsync();
        await using var transaction = await snapshot.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using (var command = new Npgsql.NpgsqlCommand("SELECT count(*) FROM jobs", snapshot, transaction))
        {
            await command.ExecuteScalarAsync();
        }

        var (write, read) = (await MeasureAsync(WriteAsync, Sample), await MeasureAsync(CountAsync, Sample));
        await MeasureAsync(WriteAsync, Commits);
        var (writeLater, readLater) = (await MeasureAsync(WriteAsync, Sample), await MeasureAsync(CountAsync, Sample));

        Assert.True(writeLater <= write * 1.25, $"A write touched {write} blocks, and {writeLater} later.");
        Assert.True(readLater <= (read * 2) + 20, $"A look at the counts touched {read} blocks, and {readLater} later.");
    }

    private static Task WriteAsync(IJobStore store) => store.AddAsync(Jobs.New());

    private static Task CountAsync(IJobStore store) => store.CountAsync();

    /// <summary>The blocks that one act touches, if it is done many times, each in a transaction of its own.</summary>
    private async Task<double> MeasureAsync(Func<IJobStore, Task> act, int times)
    {
        await Harness.UntilAloneAsync();
        var before = await Harness.ReadAsync(Touched);
        var store = PostgresHarness.Create(Harness.Options);
        await using (store)
        {
            await store.InitializeAsync();
            for (var time = 0; time < times; time++)
            {
                await act(store);
            }
        }

        await Harness.UntilAloneAsync();
        return (await Harness.ReadAsync(Touched) - before) / (double)times;
    }
}
