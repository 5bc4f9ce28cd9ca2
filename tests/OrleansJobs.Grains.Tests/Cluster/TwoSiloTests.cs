using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.TestingHost;
using OrleansJobs.Client;
using OrleansJobs.Conformance;
using OrleansJobs.Grains.Tests.Conformance;

namespace OrleansJobs.Grains.Tests.Cluster;

/// <summary>Two silos and a client outside them, on one database.</summary>
public sealed class TwoSiloTests : IAsyncLifetime
{
    private static readonly Script Script = new();
    private static string _connectionString = "";
    private TestCluster _cluster = null!;

    private OrleansJobClient Jobs => new(_cluster.Client);

    public async Task InitializeAsync()
    {
        _connectionString = await SharedServer.CreateDatabaseAsync();
        var builder = new TestClusterBuilder(initialSilosCount: 2);
        builder.AddSiloBuilderConfigurator<Silo>();
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task DisposeAsync()
    {
        Script.ReleaseAll();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Jobs_RunOnBothSilos_EachWithinItsPermits()
    {
        var gate = Script.Hold("held");
        var outcomes = await Jobs.SubmitManyAsync(
            [.. Enumerable.Range(0, 10).Select(_ => Jobs.Describe(ScriptedJob.Class, new ScriptedJob("held")))]);
        for (var entered = 0; entered < 8; entered++)
        {
            await gate.EnteredAsync();
        }

        var pools = (await Jobs.GetClassAsync(ScriptedJob.Class)).Pools;
        Assert.Equal([4, 4], pools.Select(pool => pool.Running));
        gate.Release();
        foreach (var outcome in outcomes)
        {
            Assert.Equal(JobState.Succeeded, (await Jobs.GetHandle(outcome.Id).WaitAsync()).State);
        }

        Assert.Equal(8, Script.MostRunning);
    }

    [SkippableFact]
    public async Task Cancel_FromOutside_ReachesTheSiloThatRunsTheJob()
    {
        var gate = Script.Hold("cancelled");
        var job = await Jobs.SubmitAsync(ScriptedJob.Class, new ScriptedJob("cancelled"));
        await gate.EnteredAsync();

        await job.CancelAsync("enough");

        Assert.Equal(JobState.Cancelled, (await job.WaitAsync()).State);
    }

    private sealed class Silo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => siloBuilder
            .ConfigureServices(services => services.AddSingleton(Script))
            .AddOrleansJobs(
                jobs => jobs.AddHandler<ScriptedJob, ScriptedHandler>(ScriptedJob.Class, options => options.MaxLocalWorkers = 4),
                clustering: false)
            .UsePostgresJobs(_connectionString);
    }
}
