using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;
using OrleansJobs.TestKit;

namespace OrleansJobs.Storage.Tests.Postgres;

/// <summary>A silo that freezes amid a write keeps no other silo from writing.</summary>
public sealed class FrozenSiloTests : PostgresTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    [SkippableTheory]
    [InlineData(20_000)]
    [InlineData(200_000)]
    public async Task Insert_OfASiloThatFreezesAmidItsGroup_HoldsNobodyUp(int bytes)
    {
        var (proxy, frozen) = await OpenBehindProxyAsync();
        await frozen.AddAsync(Jobs.New());
        proxy.FreezeAfter(bytes);

        var stuck = frozen.InsertAllAsync([.. Enumerable.Range(0, 10).Select(_ => Large(Jobs.New()))]);
        await proxy.Frozen;

        await WriteAllKindsAsync().WaitAsync(Patience);
        Assert.False(stuck.IsCompleted);
        await proxy.DisposeAsync();
        await EndAsync(stuck);
    }

    [SkippableFact]
    public async Task Insert_OfASiloThatFreezesBeforeTheEndOfItsGroup_HoldsNobodyUp()
    {
        var (proxy, frozen) = await OpenBehindProxyAsync();
        await frozen.AddAsync(Jobs.New());
        proxy.FreezeBeforeTheEnd();

        var stuck = frozen.InsertAsync(Large(Jobs.New()));
        await proxy.Frozen;

        await WriteAllKindsAsync().WaitAsync(Patience);
        await proxy.DisposeAsync();
        await EndAsync(stuck);
    }

    [SkippableFact]
    public async Task Update_OfASiloThatFreezesBeforeTheEndOfItsGroup_HoldsNeitherTheJobNorTheResults()
    {
        var (proxy, frozen) = await OpenBehindProxyAsync();
        var job = await frozen.AddAsync(Jobs.New());
        var running = await frozen.WriteAsync(job, job.Start());
        proxy.FreezeBeforeTheEnd();

        var stuck = frozen.UpdateAsync(running.End(), running.State);
        await proxy.Frozen;

        Assert.False(await Store.UpdateAsync(running.End(JobState.DeadLettered), running.State).WaitAsync(Patience));
        var other = await Store.AddEndedAsync(Jobs.New()).WaitAsync(Patience);
        Assert.Equal([job.Id, other.Id], (await Store.ReadFinishedAsync("email", 0, 10)).Select(entry => entry.Job.Id));
        await proxy.DisposeAsync();
        await EndAsync(stuck);
    }

    [SkippableFact]
    public async Task Prune_OfASiloThatFreezesBeforeItsEnd_HoldsNobodyUp()
    {
        var (proxy, frozen) = await OpenBehindProxyAsync();
        await Store.AddEndedAsync(Jobs.New());
        await Store.AddEndedAsync(Jobs.New());
        await frozen.AddAsync(Jobs.New());
        proxy.FreezeBeforeTheEnd();

        var stuck = frozen.PruneAsync("email", Jobs.Now.AddDays(1), 1);
        await proxy.Frozen;

        await WriteAllKindsAsync().WaitAsync(Patience);
        await Store.PruneAsync("email", Jobs.Now.AddDays(1), 10).WaitAsync(Patience);
        await proxy.DisposeAsync();
        await EndAsync(stuck);
    }

    [SkippableFact]
    public async Task Delete_OfASiloThatFreezesBeforeItsEnd_HoldsNeitherTheJobNorTheResults()
    {
        var (proxy, frozen) = await OpenBehindProxyAsync();
        var job = await Store.AddEndedAsync(Jobs.New(), JobState.DeadLettered);
        await frozen.AddAsync(Jobs.New());
        proxy.FreezeBeforeTheEnd();

        var stuck = frozen.DeleteAsync(job.Id, job.Version);
        await proxy.Frozen;

        await WriteAllKindsAsync().WaitAsync(Patience);
        Assert.False(await Store.UpdateAsync(job.Requeue(), job.State).WaitAsync(Patience));
        Assert.Equal(0, (await Store.CountAsync())["email"].DeadLettered);
        await proxy.DisposeAsync();
        await EndAsync(stuck);
    }

    [SkippableFact]
    public async Task Delete_WhoseAnswerIsLost_IsTrueTheNextTime()
    {
        var (proxy, frozen) = await OpenBehindProxyAsync();
        var job = await Store.AddEndedAsync(Jobs.New());
        await frozen.AddAsync(Jobs.New());
        proxy.FreezeBeforeTheEnd();

        var delete = frozen.DeleteAsync(job.Id, job.Version);
        await proxy.Frozen;
        while (await Store.FindAsync(job.Id) is not null)
        {
            // The server is at it.
        }

        proxy.CutAndThaw();

        Assert.True(await delete.WaitAsync(Patience));
        Assert.Null(await Store.FindAsync(job.Id));
    }

    [SkippableFact]
    public async Task Settings_OfASiloThatFreezesBeforeTheEnd_HoldNobodyUp()
    {
        var (proxy, frozen) = await OpenBehindProxyAsync();
        Assert.True(await frozen.WriteClassSettingsAsync("email", new(1, "{}")));
        proxy.FreezeBeforeTheEnd();

        var stuck = frozen.WriteClassSettingsAsync("email", new(2, "{}"));
        await proxy.Frozen;

        var second = Store.WriteClassSettingsAsync("email", new(2, """{"a":1}"""));
        await Store.AddAsync(Jobs.New()).WaitAsync(Patience);
        Assert.False(await second.WaitAsync(Patience));
        await proxy.DisposeAsync();
        await EndAsync(stuck);
    }

    [SkippableFact]
    public async Task Log_OfASiloThatFreezesBeforeTheEnd_HoldsNoPruneUp()
    {
        var (proxy, frozen) = await OpenBehindProxyAsync();
        var job = await Store.AddEndedAsync(Jobs.New());
        await frozen.AddAsync(Jobs.New());
        proxy.FreezeBeforeTheEnd();

        var stuck = frozen.AppendLogAsync([new(job.Id, new(1, Jobs.Now, 1, Microsoft.Extensions.Logging.LogLevel.Information, "text"))]);
        await proxy.Frozen;

        await Store.PruneAsync("email", Jobs.Now.AddDays(1), 10).WaitAsync(Patience);
        await WriteAllKindsAsync().WaitAsync(Patience);
        await proxy.DisposeAsync();
        await EndAsync(stuck);
    }

    [SkippableFact]
    public async Task Audit_OfASiloThatFreezesBeforeTheEnd_HoldsNobodyUp()
    {
        var (proxy, frozen) = await OpenBehindProxyAsync();
        AuditBounds[] bounds = [new(AuditKind.Change, 1, Jobs.Now)];
        await Store.AppendAuditAsync(Jobs.Now, AuditKind.Change, """{"n":1}""", bounds);
        await Store.AppendAuditAsync(Jobs.Now, AuditKind.Change, """{"n":2}""", bounds);
        await frozen.AddAsync(Jobs.New());
        proxy.FreezeBeforeTheEnd();

        var stuck = frozen.AppendAuditAsync(Jobs.Now, AuditKind.Change, """{"n":3}""", bounds);
        await proxy.Frozen;

        await Store.AppendAuditAsync(Jobs.Now, AuditKind.Change, """{"n":4}""", bounds).WaitAsync(Patience);
        await proxy.DisposeAsync();
        await EndAsync(stuck);
    }

    [SkippableFact]
    public async Task Writers_OfOneClass_DoNotWaitForEachOther()
    {
        var other = await Harness.OpenAsync();
        var job = await Store.AddAsync(Jobs.New());
        await using var connection = await Harness.ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = new Npgsql.NpgsqlCommand("SELECT id FROM jobs FOR UPDATE", connection, transaction))
        {
            await command.ExecuteScalarAsync();
        }

        var held = Store.UpdateAsync(job.Start(), job.State);
        await Harness.UntilBlockedAsync(held);

        await other.AddEndedAsync(Jobs.New()).WaitAsync(Patience);
        Assert.False(held.IsCompleted);
        await transaction.CommitAsync();
        Assert.True(await held);
    }

    private async Task<(FreezingProxy Proxy, IJobStore Store)> OpenBehindProxyAsync()
    {
        var (proxy, connectionString) = FreezingProxy.Before(Harness.ConnectionString);
        var store = PostgresHarness.Create(Harness.Options with
        {
            ConnectionString = connectionString,
            MaxRetries = 1,
            RetryDelay = TimeSpan.FromMilliseconds(1),
        });
        await store.InitializeAsync();
        return (proxy, store);
    }

    private async Task WriteAllKindsAsync()
    {
        await Store.AddEndedAsync(Jobs.New());
        await Store.AddAsync(Jobs.New() with { UniqueKey = $"{Guid.NewGuid()}" });
        Assert.NotEmpty(await Store.CountAsync());
    }

    // The way that it took to the server is gone, so nobody knows what became of it.
    private static async Task EndAsync(Task stuck) => await Assert.ThrowsAsync<GridUnavailableException>(() => stuck);

    private static JobRecord Large(JobRecord job) => job with { Payload = new byte[60_000] };
}
