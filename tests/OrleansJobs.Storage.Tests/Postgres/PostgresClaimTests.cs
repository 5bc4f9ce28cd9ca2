using Npgsql;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Postgres;

/// <summary>What becomes of a claim when its session breaks.</summary>
public sealed class PostgresClaimTests : PostgresTest
{
    private const string Sessions =
        "FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted AND datname = current_database() " +
        "AND a.application_name LIKE 'orleansjobs %'";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [SkippableTheory]
    [InlineData(StoreClaim.Exclusive)]
    [InlineData(StoreClaim.Shared)]
    public async Task BrokenSession_WhileNobodyElseClaims_IsTakenAgain(StoreClaim claim)
    {
        await using var owned = await Store.OwnAsync(claim);
        var before = await Harness.ReadAsync($"SELECT a.pid {Sessions}");

        await Harness.ReadAsync($"SELECT count(pg_terminate_backend({before}))");

        await UntilAsync(async () => await Harness.ReadAsync($"SELECT coalesce(max(a.pid), 0) {Sessions} AND a.pid <> {before}") > 0);
        Assert.False(owned.Lost.IsCancellationRequested);
        await Assert.ThrowsAsync<StoreInUseException>(() => Store.OwnAsync(
            claim == StoreClaim.Exclusive ? StoreClaim.Shared : StoreClaim.Exclusive));
    }

    [SkippableFact]
    public async Task BrokenSession_WhenSomebodyElseWasFaster_LosesTheClaim()
    {
        await using var owned = await Store.OwnAsync(StoreClaim.Exclusive);
        var lost = new TaskCompletionSource();
        await using var registration = owned.Lost.Register(lost.SetResult);
        var session = await Harness.ReadAsync($"SELECT a.pid {Sessions}");

        // It stands in the server's own line, so it has the lock before the session can be made again.
        await using var rival = await Harness.ConnectAsync();
        await using var take = new NpgsqlCommand(
            $"SELECT pg_advisory_lock(l.classid::int, l.objid::int) FROM pg_locks l WHERE l.pid = {session} AND l.locktype = 'advisory'", rival);
        var taken = take.ExecuteNonQueryAsync();
        await UntilAsync(async () => await Harness.ReadAsync(
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database " +
            "WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted") == 1);
        Assert.False(lost.Task.IsCompleted);

        await Harness.ReadAsync($"SELECT count(pg_terminate_backend({session}))");

        await taken.WaitAsync(Patience);
        await lost.Task.WaitAsync(Patience);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            timeout.Token.ThrowIfCancellationRequested();
        }
    }
}
