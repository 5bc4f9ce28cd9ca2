using Npgsql;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.GroupCommit;
using OrleansJobs.Storage.Tests.Harness;
using OrleansJobs.TestKit;

namespace OrleansJobs.Storage.Tests.Postgres;

/// <summary>The numbers of commits: what is read by them is complete.</summary>
public sealed class PostgresCommitsTests : PostgresTest
{
    private const string Ended = "INSERT INTO jobs (class, state, finished_at, finished_seq) VALUES ('email', 4, now(), orleansjobs_commit() << 14) RETURNING id";

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(0x7FFF_FFFF)]
    [InlineData(0xFFFF_FFFF)]
    [InlineData(0x1_0000_0000)]
    public async Task ReadFinished_WhileAnEarlierCommitIsOnItsWay_WaitsForIt(long commits)
    {
        await Harness.ReadAsync($"SELECT setval('job_commits', {commits})");
        var before = await Store.AddEndedAsync(Jobs.New());
        await using var writer = await Harness.ConnectAsync();
        var transaction = await writer.BeginTransactionAsync();
        var slow = await InsertAsync(writer, transaction);

        var after = await Store.AddEndedAsync(Jobs.New());
        var seen = await Store.ReadFinishedAsync("email", 0, 10);
        Assert.Equal([before.Id], seen.Select(entry => entry.Job.Id));

        await transaction.CommitAsync();
        Assert.Equal([slow, after.Id], await ReadAsync(seen[^1].Sequence));
    }

    [SkippableFact]
    public async Task ReadFinished_OfAResultBehindACommitThatIsOnItsWay_GivesItWithThatOne()
    {
        await using var writer = await Harness.ConnectAsync();
        var transaction = await writer.BeginTransactionAsync();
        var slow = await InsertAsync(writer, transaction);
        var job = await Store.AddEndedAsync(Jobs.New());

        // Who is told that the job has ended looks for it once, and finds it.
        var reading = ReadAsync(0);
        Assert.False(reading.IsCompleted);
        await transaction.CommitAsync();

        Assert.Equal([slow, job.Id], await reading);
    }

    [SkippableFact]
    public async Task ReadFinished_AfterACommitThatWasGivenUp_GoesOn()
    {
        await using var writer = await Harness.ConnectAsync();
        var transaction = await writer.BeginTransactionAsync();
        await InsertAsync(writer, transaction);
        var job = await Store.AddEndedAsync(Jobs.New());
        Assert.Empty(await ReadAsync(0));

        await transaction.RollbackAsync();

        Assert.Equal([job.Id], await ReadAsync(0));
    }

    [SkippableFact]
    public async Task ReadFinished_BesideAGridInAnotherSchema_DoesNotWaitForThat()
    {
        await using var other = PostgresHarness.Create(Harness.Options with { Schema = "grid_b" });
        await other.InitializeAsync();
        await using var writer = await Harness.ConnectAsync();
        await using var transaction = await writer.BeginTransactionAsync();
        await InsertAsync(writer, transaction);

        var job = await other.AddEndedAsync(Jobs.New());

        Assert.Equal([job.Id], (await other.ReadFinishedAsync("email", 0, 10)).Select(entry => entry.Job.Id));
    }

    [SkippableFact]
    public async Task ReadFinished_BesideAnOpenTransactionOfAnotherProgram_DoesNotWaitForIt()
    {
        await using var program = await Harness.ConnectAsync();
        await using var transaction = await program.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("INSERT INTO jobs (class) VALUES ('email')", program, transaction))
        {
            await command.ExecuteNonQueryAsync();
        }

        var job = await Store.AddEndedAsync(Jobs.New());

        Assert.Equal([job.Id], await ReadAsync(0));
    }

    [SkippableFact]
    public async Task Counts_AreRightWhileSumsAreMadeAndCommitsAreOnTheirWay()
    {
        await using var writer = await Harness.ConnectAsync();
        await Store.InsertAllAsync([.. Enumerable.Range(0, 10).Select(_ => Jobs.New())]);
        var transaction = await writer.BeginTransactionAsync();
        await ExecuteAsync(writer, transaction, "INSERT INTO job_count_changes VALUES (orleansjobs_commit(), 'email', 0, 0, 0, 0, 0, 0, 7)");
        await Store.InsertAllAsync([.. Enumerable.Range(0, 10).Select(_ => Jobs.New())]);
        await Harness.ExecuteAsync("INSERT INTO jobs (class) VALUES ('email'), ('index')");

        await Harness.ExecuteAsync("CALL orleansjobs_fold()");
        Assert.Equal(new JobCounts { Queued = 21 }, (await Store.CountAsync())["email"]);
        Assert.Equal(1, await Harness.ReadAsync("SELECT count(DISTINCT number) FROM job_count_sums"));
        await transaction.CommitAsync();
        Assert.Equal(new JobCounts { Queued = 21, Cancelled = 7 }, (await Store.CountAsync())["email"]);

        await Harness.ExecuteAsync("CALL orleansjobs_fold()");
        Assert.Equal(new JobCounts { Queued = 21, Cancelled = 7 }, (await Store.CountAsync())["email"]);
        Assert.Equal(new JobCounts { Queued = 1 }, (await Store.CountAsync())["index"]);
        Assert.Equal(0, await Harness.ReadAsync("SELECT count(*) FROM job_count_changes"));
        Assert.Equal(0, await Harness.ReadAsync("SELECT count(*) FROM job_counts_foreign"));
    }

    [SkippableFact]
    public async Task Counts_OfManySmallGroups_AreSummedUpByTheWriter()
    {
        await using var store = OpenSmallGroups();
        await store.InitializeAsync();
        var jobs = Enumerable.Range(0, 3_000).Select(_ => Jobs.New()).ToList();

        await store.InsertAllAsync(jobs);

        Assert.Equal(new JobCounts { Queued = 3_000 }, (await store.CountAsync())["email"]);
        Assert.InRange(await Harness.ReadAsync("SELECT count(*) FROM job_count_changes"), 0, 400);
    }

    [SkippableFact]
    public async Task ReadFinished_WhileFourSilosWriteSmallGroups_GivesEachOnceAndInTheOrderOfAllReaders()
    {
        const int Count = 4_000;
        var stores = Enumerable.Range(0, 4).Select(_ => OpenSmallGroups()).ToList();
        await Task.WhenAll(stores.Select(store => store.InitializeAsync()));
        var jobs = Enumerable.Range(0, Count).Select(_ => Jobs.New()).ToList();
        await Task.WhenAll(jobs.Chunk(Count / 4).Zip(stores, (part, store) => store.InsertAllAsync(part)));

        var writing = Task.WhenAll(jobs.Index().GroupBy(item => item.Index % 48).Select(lane => Task.Run(async () =>
        {
            foreach (var (_, job) in lane)
            {
                await stores[lane.Key % 4].WriteAsync(job, job.End());
            }
        })));
        var read = await Task.WhenAll(Enumerable.Range(0, 2).Select(reader => FollowAsync(stores[reader], writing, Count)));
        await writing;

        Assert.Equal(jobs.Select(job => job.Id).Order(), read[0].Select(entry => entry.Job.Id).Order());
        Assert.Equal(read[0].Select(entry => entry.Sequence), read[1].Select(entry => entry.Sequence));
        Assert.Equal(new JobCounts { Succeeded = Count }, (await Store.CountAsync())["email"]);
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    private static async Task<List<FinishedRecord>> FollowAsync(IJobStore store, Task writing, int count)
    {
        var seen = new List<FinishedRecord>();
        while (seen.Count < count)
        {
            var isLast = writing.IsCompleted;
            var page = await store.ReadFinishedAsync("email", seen.Count == 0 ? 0 : seen[^1].Sequence, 37);
            seen.AddRange(page);
            Assert.False(isLast && page.Count == 0, $"{count - seen.Count} entries were missed.");
        }

        return seen;
    }

    private IJobStore OpenSmallGroups() =>
        PostgresHarness.Create(Harness.Options with { GroupCommit = new GroupCommitLimits { MaxBatchRows = 5 } });

    private async Task<IEnumerable<JobId>> ReadAsync(long after) => (await Store.ReadFinishedAsync("email", after, 10)).Select(entry => entry.Job.Id);

    private static async Task<JobId> InsertAsync(NpgsqlConnection writer, NpgsqlTransaction transaction)
    {
        await using var command = new NpgsqlCommand(Ended, writer, transaction);
        return new JobId((Guid)(await command.ExecuteScalarAsync())!);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        await command.ExecuteNonQueryAsync();
    }
}
