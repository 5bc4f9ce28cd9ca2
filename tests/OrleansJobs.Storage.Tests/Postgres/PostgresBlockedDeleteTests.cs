using Npgsql;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Postgres;

/// <summary>Deletes that meet what other sessions do to the same job.</summary>
public sealed class PostgresBlockedDeleteTests : PostgresTest
{
    [SkippableFact]
    public async Task Delete_OfAJobWhoseLogIsBeingWritten_TakesThoseLinesToo()
    {
        var job = await Store.AddEndedAsync(Jobs.New());
        await using var writer = await Harness.ConnectAsync();
        await using var transaction = await writer.BeginTransactionAsync();
        await using (var log = new NpgsqlCommand(
            "WITH alive AS (SELECT id FROM jobs FOR KEY SHARE) INSERT INTO job_log SELECT id, 1, now(), 1, 2, 'late' FROM alive", writer, transaction))
        {
            Assert.Equal(1, await log.ExecuteNonQueryAsync());
        }

        var delete = Store.DeleteAsync(job.Id, job.Version);
        await Harness.UntilBlockedAsync(delete);
        await transaction.CommitAsync();

        Assert.True(await delete);
        Assert.Equal(0, await Harness.ReadAsync("SELECT count(*) FROM job_log"));
    }

    [SkippableFact]
    public async Task Delete_OfAJobThatIsLocked_HoldsNoOtherWriteUp_AndGoesOnAfterwards()
    {
        var job = await Store.AddEndedAsync(Jobs.New());
        var free = await Store.AddEndedAsync(Jobs.New());
        await using var holder = await Harness.ConnectAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("SELECT 1 FROM jobs WHERE id = $1 FOR UPDATE", holder, transaction))
        {
            command.Parameters.AddWithValue(job.Id.Value);
            await command.ExecuteScalarAsync();
        }

        var held = Store.DeleteAsync(job.Id, job.Version);
        Assert.True(await Store.DeleteAsync(free.Id, free.Version));
        await Store.AddEndedAsync(Jobs.New());
        Assert.False(held.IsCompleted);
        await transaction.CommitAsync();

        Assert.True(await held);
        Assert.Equal(new JobCounts { Succeeded = 1 }, (await Store.CountAsync())["email"]);
    }
}
