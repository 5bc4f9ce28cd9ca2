using Npgsql;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Postgres;

/// <summary>What another program's open transaction holds costs those who want that very thing.</summary>
public sealed class BlockedKeyTests : PostgresDatabaseTest
{
    /// <summary>As long as a hundred commits take on a machine that has much else to do.</summary>
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(6);
    private IJobStore? _store;

    private IJobStore Store => _store!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _store = PostgresHarness.Create(Harness.Options with { LockTimeout = LockTimeout });
        await _store.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    [SkippableFact]
    public async Task Insert_OfAKeyThatIsHeld_AgainAndAgain_LeavesTheOthersTheirPace()
    {
        await using var holder = await Harness.ConnectAsync();
        await using var transaction = await HoldKeysAsync(holder, 1);
        var refused = RefuseAsync("k1", times: 2);
        var written = 0;
        var slowest = TimeSpan.Zero;
        while (!refused.IsCompleted)
        {
            var begin = TimeProvider.System.GetTimestamp();
            await Store.AddAsync(Jobs.New());
            written++;
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, TimeProvider.System.GetElapsedTime(begin).Ticks));
        }

        await refused;
        Assert.True(written >= 100, $"Only {written} jobs were written beside it; the slowest took {slowest}.");
    }

    [SkippableFact]
    public async Task Insert_OfManyKeysThatAreHeld_LeavesKeysThatAreFree()
    {
        await using var holder = await Harness.ConnectAsync();
        await using var transaction = await HoldKeysAsync(holder, 30);

        var held = Enumerable.Range(1, 30).Select(key => RefuseAsync($"k{key}", times: 1)).ToList();
        var free = Enumerable.Range(1, 100).Select(key => Store.AddAsync(Jobs.New() with { UniqueKey = $"free{key}" }));

        await Task.WhenAll(free).WaitAsync(LockTimeout);
        Assert.Contains(held, refusal => !refusal.IsCompleted);
        await Task.WhenAll(held);
    }

    [SkippableFact]
    public async Task Insert_OfEverNewKeysThatAreHeld_LeavesTheOthersTheirPace()
    {
        await using var holder = await Harness.ConnectAsync();
        await using var transaction = await HoldKeysAsync(holder, 40);
        var refused = new List<Task>();
        for (var key = 1; key <= 40; key++)
        {
            refused.Add(RefuseAsync($"k{key}", times: 1));
            await Store.AddAsync(Jobs.New());
        }

        Assert.False(refused[0].IsCompleted);
        await Task.WhenAll(refused);
    }

    [SkippableFact]
    public async Task Insert_OfAKeyThatIsHeld_IsDoneWhenItIsFree()
    {
        await using var holder = await Harness.ConnectAsync();
        var transaction = await HoldKeysAsync(holder, 2);
        var waiting = Store.AddAsync(Jobs.New() with { UniqueKey = "k1" });
        var taken = Store.InsertAsync(Jobs.New() with { UniqueKey = "k3" });
        await Harness.UntilBlockedAsync(waiting);

        await transaction.RollbackAsync();

        await waiting;
        Assert.Equal(InsertStatus.Inserted, (await taken).Status);
        Assert.Equal(new JobCounts { Queued = 2 }, (await Store.CountAsync())["email"]);
    }

    [SkippableFact]
    public async Task Insert_OfAKeyThatIsCommittedMeanwhile_GivesTheFirstJob()
    {
        await using var holder = await Harness.ConnectAsync();
        var transaction = await HoldKeysAsync(holder, 1);
        var waiting = Store.InsertAsync(Jobs.New() with { UniqueKey = "k1" });
        await Harness.UntilBlockedAsync(waiting);

        await transaction.CommitAsync();

        Assert.Equal(InsertStatus.UniqueKeyTaken, (await waiting).Status);
    }

    [SkippableFact]
    public async Task Update_OfARowThatIsLocked_LeavesTheOthersTheirPace()
    {
        var job = await Store.AddAsync(Jobs.New());
        await using var holder = await Harness.ConnectAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await ExecuteAsync(holder, transaction, "SELECT id FROM jobs FOR UPDATE");

        var refused = Assert.ThrowsAsync<GridUnavailableException>(() => Store.UpdateAsync(job.Start(), job.State));
        var written = 0;
        while (!refused.IsCompleted)
        {
            await Store.AddAsync(Jobs.New());
            written++;
        }

        Assert.Contains("lock", (await refused).Message, StringComparison.Ordinal);
        Assert.True(written >= 50, $"Only {written} jobs were written beside it.");
    }

    private async Task RefuseAsync(string key, int times)
    {
        for (var time = 0; time < times; time++)
        {
            var error = await Assert.ThrowsAsync<GridUnavailableException>(() => Store.InsertAsync(Jobs.New() with { UniqueKey = key }));
            Assert.Contains("lock", error.Message, StringComparison.Ordinal);
        }
    }

    private static async Task<NpgsqlTransaction> HoldKeysAsync(NpgsqlConnection holder, int count)
    {
        var transaction = await holder.BeginTransactionAsync();
        await ExecuteAsync(holder, transaction, $"INSERT INTO jobs (class, unique_key) SELECT 'email', 'k' || n FROM generate_series(1, {count}) AS n");
        return transaction;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        await command.ExecuteNonQueryAsync();
    }
}
