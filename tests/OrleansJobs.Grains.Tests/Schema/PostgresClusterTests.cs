using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService;
using OrleansJobs.Grains.Schema;

namespace OrleansJobs.Grains.Tests.Schema;

/// <summary>Real silos and a client that find each other through the membership tables.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresClusterTests(PrivatePostgres server)
{
    private async Task<string> PrepareAsync()
    {
        var database = await server.CreateDatabaseAsync();
        await SchemaTables.OfPostgres(database).ApplyAsync();
        return database;
    }

    private static async Task<SiloStatus> StatusAsync(AdoNetClusteringTable table, SiloAddress silo) =>
        (await table.ReadRowAsync(silo)).Members.Single().Item1.Status;

    [SkippableFact]
    public async Task Silos_JoinAndLeave_AndTheTableTellsIt()
    {
        var database = await PrepareAsync();
        var table = await PostgresMembershipTests.OpenTableAsync(database);
        await using var stays = await SchemaSilo.StartWithMembershipAsync(database);
        await using var leaves = await SchemaSilo.StartWithMembershipAsync(database);
        Assert.Equal(SiloStatus.Active, await StatusAsync(table, stays.Address));
        Assert.Equal(SiloStatus.Active, await StatusAsync(table, leaves.Address));

        await leaves.StopAsync();
        Assert.Equal(SiloStatus.Dead, await StatusAsync(table, leaves.Address));

        await table.CleanupDefunctSiloEntriesAsync(DateTimeOffset.MaxValue);
        Assert.Equal(stays.Address, Assert.Single((await table.ReadAllAsync()).Members).Item1.SiloAddress);
    }

    [SkippableFact]
    public async Task Silo_ThatDoesNotAnswer_IsWrittenDownAsDead()
    {
        var database = await PrepareAsync();
        var table = await PostgresMembershipTests.OpenTableAsync(database);
        await using var silo = await SchemaSilo.StartWithMembershipAsync(database, hurryVerdicts: true);

        // What a killed process leaves behind: an active row, and nobody at the address.
        var lost = PostgresMembershipTests.Silo(PrivatePostgres.FreePort(), aliveAt: TimeProvider.System.GetUtcNow().UtcDateTime);
        while (!await table.InsertRowAsync(lost, (await table.ReadAllAsync()).Version.Next()))
        {
        }

        await SeeAsync(silo, membership => membership.Members.TryGetValue(lost.SiloAddress, out var member) && member.Status == SiloStatus.Dead);

        var (row, _) = Assert.Single((await table.ReadRowAsync(lost.SiloAddress)).Members);
        Assert.Equal(SiloStatus.Dead, row.Status);
        Assert.NotEmpty(row.SuspectTimes!);
        Assert.All(row.SuspectTimes!, vote => Assert.Equal(silo.Address, vote.Item1));
        Assert.Equal(SiloStatus.Active, await StatusAsync(table, silo.Address));
    }

    private static async Task SeeAsync(SchemaSilo silo, Func<ClusterMembershipSnapshot, bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var updates = silo.Services.GetRequiredService<IClusterMembershipService>().MembershipUpdates;
        await foreach (var membership in updates.WithCancellation(limit.Token))
        {
            if (condition(membership))
            {
                return;
            }
        }
    }

    [SkippableFact]
    public async Task Client_FindsTheGatewaysAndCallsAGrain()
    {
        var database = await PrepareAsync();
        await using var silo = await SchemaSilo.StartWithMembershipAsync(database);
        using var host = new HostBuilder()
            .ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .UseOrleansClient((_, client) => client
                .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (SchemaSilo.Npgsql, database))
                .Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = SchemaSilo.ClusterId))
            .Build();
        await host.StartAsync();

        var note = host.Services.GetRequiredService<IClusterClient>().GetGrain<INoteGrain>("by client");
        await note.WriteAsync("hello");

        Assert.Equal("hello", await silo.Note("by client").ReadAsync());
        await host.StopAsync();
    }

    [SkippableFact]
    public async Task Silos_StartedTogetherOnAnEmptyDatabase_AllApplyTheSchemaAndForm()
    {
        var database = await server.CreateDatabaseAsync();

        var silos = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            await SchemaTables.OfPostgres(database).ApplyAsync();
            return await SchemaSilo.StartWithMembershipAsync(database);
        }));

        var members = (await (await PostgresMembershipTests.OpenTableAsync(database)).ReadAllAsync()).Members;
        Assert.Equal(
            silos.Select(silo => silo.Address).OrderBy(address => address.ToString(), StringComparer.Ordinal),
            members.Where(member => member.Item1.Status == SiloStatus.Active).Select(member => member.Item1.SiloAddress)
                .OrderBy(address => address.ToString(), StringComparer.Ordinal));
        foreach (var silo in silos)
        {
            await silo.DisposeAsync();
        }
    }
}
