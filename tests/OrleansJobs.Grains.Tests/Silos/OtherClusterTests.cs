using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using OrleansJobs.Conformance;
using OrleansJobs.Grains.Tests.Conformance;
using OrleansJobs.Grains.Tests.Schema;
using OrleansJobs.Storage;

namespace OrleansJobs.Grains.Tests.Silos;

/// <summary>A silo of another cluster on the database of one that runs. It knew nothing of the other's silos, and took their jobs for lost.</summary>
[Collection(PostgresCollection.Name)]
public sealed class OtherClusterTests(PrivatePostgres server)
{
    [SkippableFact]
    public async Task SiloOfAnotherCluster_DoesNotStart_WhileTheFirstRuns()
    {
        var database = await server.CreateDatabaseAsync();
        using var blue = Silo(database, "blue");
        await blue.StartAsync();
        using var green = Silo(database, "green");

        var error = await Assert.ThrowsAsync<StoreInUseException>(() => green.StartAsync());

        Assert.Contains("in use by the cluster 'blue'", error.Message);
        Assert.Contains("JobGrid:Cluster:ClusterId", error.Message);
        using var alsoBlue = Silo(database, "blue");
        await alsoBlue.StartAsync();
        await alsoBlue.StopAsync();
        await blue.StopAsync();
        using var greenAtLast = Silo(database, "green");
        await greenAtLast.StartAsync();
        await greenAtLast.StopAsync();
    }

    private static IHost Silo(string database, string cluster)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(new Script());
        builder.UseOrleans(silo =>
        {
            silo.AddOrleansJobs(jobs => jobs.AddHandler<ScriptedJob, ScriptedHandler>(ScriptedJob.Class)).UsePostgresJobs(database);
            silo.ConfigureEndpoints(IPAddress.Loopback, PrivatePostgres.FreePort(), PrivatePostgres.FreePort());
            silo.Configure<ClusterOptions>(options => options.ClusterId = cluster);
        });
        return builder.Build();
    }
}
