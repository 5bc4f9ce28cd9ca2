using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using OrleansJobs.Conformance;
using OrleansJobs.Grains.Tests.Conformance;
using OrleansJobs.Grains.Tests.Schema;

namespace OrleansJobs.Grains.Tests.Silos;

/// <summary>A second silo that was given a port of a running one.</summary>
[Collection(PostgresCollection.Name)]
public sealed class TakenPortTests(PrivatePostgres server)
{
    [SkippableTheory]
    [InlineData(nameof(EndpointOptions.SiloPort))]
    [InlineData(nameof(EndpointOptions.GatewayPort))]
    public async Task SecondSilo_OnATakenPort_DoesNotStart_AndTheFirstLivesOn(string taken)
    {
        var database = await server.CreateDatabaseAsync();
        using var first = await SiloHosts.StartAsync(Configure, AddScript, jobs => jobs.UsePostgresJobs(database));
        var ports = first.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;
        using var second = Second(
            database,
            taken == nameof(EndpointOptions.SiloPort) ? ports.SiloPort : PrivatePostgres.FreePort(),
            taken == nameof(EndpointOptions.GatewayPort) ? ports.GatewayPort : PrivatePostgres.FreePort());

        var error = await Assert.ThrowsAsync<InvalidOptionsException>(() => second.StartAsync());

        var port = taken == nameof(EndpointOptions.SiloPort) ? ports.SiloPort : ports.GatewayPort;
        Assert.Equal($"EndpointOptions.{taken}: port {port} of 127.0.0.1 is already in use.", error.Message);
        var members = (await (await PostgresMembershipTests.OpenTableAsync(database, "orleansjobs")).ReadAllAsync()).Members;
        Assert.Equal(SiloStatus.Active, Assert.Single(members).Item1.Status);
        var job = await first.Services.GetRequiredService<IJobClient>().SubmitAsync(ScriptedJob.Class, new ScriptedJob("after"));
        Assert.Equal(JobState.Succeeded, (await job.WaitAsync()).State);
        await first.StopAsync();
    }

    private static void Configure(OrleansJobs.Workers.Registration.JobGridBuilder jobs) =>
        jobs.AddHandler<ScriptedJob, ScriptedHandler>(ScriptedJob.Class);

    private static void AddScript(IHostApplicationBuilder builder) => builder.Services.AddSingleton(new Script());

    private static IHost Second(string database, int siloPort, int gatewayPort)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.None);
        AddScript(builder);
        builder.UseOrleans(silo =>
        {
            silo.AddOrleansJobs(Configure).UsePostgresJobs(database);
            silo.ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort);
        });
        return builder.Build();
    }
}
