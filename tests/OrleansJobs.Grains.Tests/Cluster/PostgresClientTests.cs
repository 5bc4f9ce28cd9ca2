using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using OrleansJobs.Client;
using OrleansJobs.Conformance;
using OrleansJobs.Grains.Tests.Conformance;
using OrleansJobs.Grains.Tests.Schema;

namespace OrleansJobs.Grains.Tests.Cluster;

/// <summary>A client in another host finds the silos in their database, or says what it found instead.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresClientTests(PrivatePostgres server)
{
    [SkippableFact]
    public async Task Client_AndSilo_FindEachOtherByTheirDefaults()
    {
        var database = await server.CreateDatabaseAsync();
        using var silo = await StartSiloAsync(database);
        using var client = Client(database);
        await client.StartAsync();

        var job = await client.Services.GetRequiredService<IJobClient>().SubmitAsync(ScriptedJob.Class, new ScriptedJob("from outside"));

        Assert.Equal(JobState.Succeeded, (await job.WaitAsync()).State);
        await client.StopAsync();
        await silo.StopAsync();
    }

    [SkippableFact]
    public async Task Client_OfADatabaseWithoutSilos_NamesItAndSaysSo()
    {
        var database = await server.CreateDatabaseAsync();

        var said = await RefusedAsync(database);

        Assert.Contains("cluster 'orleansjobs' (service 'orleansjobs') in the PostgreSQL database 'test_", said, StringComparison.Ordinal);
        Assert.Contains("it has no table of silos in the search path", said, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Client_OfAnotherCluster_HearsWhichClustersLive()
    {
        var database = await server.CreateDatabaseAsync();
        await AddAsync(database, PostgresMembershipTests.Silo(1, aliveAt: TimeProvider.System.GetUtcNow().UtcDateTime));

        var said = await RefusedAsync(database);

        Assert.Contains($"no silo of this cluster is listed there; live silos there are of cluster '{SchemaSilo.ClusterId}' (1)", said, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Client_WhoseSilosAreAllGone_HearsOfTheLastSignOfLife()
    {
        var database = await server.CreateDatabaseAsync();
        await AddAsync(database, PostgresMembershipTests.Silo(1, SiloStatus.Dead));

        var said = await RefusedAsync(database, client => client.Configure<ClusterOptions>(cluster => cluster.ClusterId = SchemaSilo.ClusterId));

        Assert.Contains("the silos of this cluster are all gone, the last sign of life is of 2030-01-02 12:00:00Z", said, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Client_OfADatabaseThatDoesNotAnswer_SaysWhy()
    {
        await server.CreateDatabaseAsync();

        var said = await RefusedAsync("Host=127.0.0.1;Port=1;Username=u;Password=hunter2;Database=d");

        Assert.Contains("database 'd' at 127.0.0.1:1: it cannot be read (Connection refused)", said, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", said, StringComparison.Ordinal);
    }

    private static async Task AddAsync(string database, MembershipEntry silo)
    {
        await SchemaTables.OfPostgres(database).ApplyAsync();
        var table = await PostgresMembershipTests.OpenTableAsync(database);
        Assert.True(await table.InsertRowAsync(silo, (await table.ReadAllAsync()).Version.Next()));
    }

    private static Task<IHost> StartSiloAsync(string database) => SiloHosts.StartAsync(
        jobs => jobs.AddHandler<ScriptedJob, ScriptedHandler>(ScriptedJob.Class),
        builder => builder.Services.AddSingleton(new Script()),
        jobs => jobs.UsePostgresJobs(database));

    private static async Task<string> RefusedAsync(string database, Action<IClientBuilder>? configure = null)
    {
        using var client = Client(database, configure, TimeSpan.FromSeconds(2));
        return (await Assert.ThrowsAsync<GridUnavailableException>(() => client.StartAsync())).Message;
    }

    private static IHost Client(string database, Action<IClientBuilder>? configure = null, TimeSpan? limit = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleansClient(client =>
        {
            client.UsePostgresJobs(database, configure: options => options.ConnectTimeout = limit ?? JobClientOptions.DefaultConnectTimeout);
            configure?.Invoke(client);
        });
        return builder.Build();
    }
}
