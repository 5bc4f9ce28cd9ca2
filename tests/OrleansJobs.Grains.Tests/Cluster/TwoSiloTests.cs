using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.TestingHost;
using OrleansJobs.Client;
using OrleansJobs.Conformance;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Grains.Dispatch;
using OrleansJobs.Grains.Tests.Conformance;

namespace OrleansJobs.Grains.Tests.Cluster;

/// <summary>Two silos and a client outside them, on one database.</summary>
public sealed class TwoSiloTests : IAsyncLifetime
{
    private static readonly TimeSpan ShorterThanAWait = TimeSpan.FromSeconds(4);
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

    [SkippableFact]
    public async Task Dispatcher_ThatHearsOfALaterLife_LeavesItsPlaceAtOnce_AndTheNextKeepsItsLeases()
    {
        var gate = Script.Hold("kept");
        var job = await Jobs.SubmitAsync(ScriptedJob.Class, new ScriptedJob("kept"));
        await gate.EnteredAsync();
        var dispatcher = _cluster.Client.GetGrain<IDispatcherGrain>(ScriptedJob.Class);
        var first = (await dispatcher.ExchangeAsync(Stranger(0), wait: false)).Value.Epoch;

        var waiting = dispatcher.WaitForFinishedAsync(await dispatcher.WaitForFinishedAsync(0, default), TimeSpan.FromSeconds(50));

        await Assert.ThrowsAsync<GridUnavailableException>(() => dispatcher.ExchangeAsync(Stranger(first + 1), wait: false));

        await waiting.WaitAsync(ShorterThanAWait);
        var second = (await dispatcher.ExchangeAsync(Stranger(0), wait: false).WaitAsync(ShorterThanAWait)).Value.Epoch;
        Assert.True(second > first);
        gate.Release();
        Assert.Equal((JobState.Succeeded, 1), await job.WaitAsync() is var end ? (end.State, end.Attempt) : default);
    }

    private static ExchangeRequest Stranger(long knownEpoch) => new() { Silo = "stranger", KnownEpoch = knownEpoch };

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
