using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansJobs.Conformance;
using OrleansJobs.Grains.Silos;
using OrleansJobs.Grains.Tests.Conformance;

namespace OrleansJobs.Grains.Tests.Silos;

public sealed class GrainActivityTests : IAsyncLifetime
{
    private readonly OrleansSqliteEngine _engine = new();
    private IHost _host = null!;

    public async Task InitializeAsync() => _host = await _engine.StartAsync(
        jobs => jobs.AddHandler<ScriptedJob, ScriptedHandler>(ScriptedJob.Class),
        builder => builder.Services.AddSingleton(new Script()));

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Grains_AreCountedByReadableKind_OnTheSiloThatJobsName()
    {
        var job = await _host.Services.GetRequiredService<IJobClient>().SubmitAsync(ScriptedJob.Class, new ScriptedJob("job"));
        await job.WaitAsync();
        var monitor = _host.Services.GetRequiredService<IGridMonitor>();
        var silo = Assert.Single(await monitor.GetSilosAsync()).Silo;

        var kinds = await monitor.GetGrainsAsync();

        // How many slots a class's first jobs made is Orleans' business.
        Assert.Contains(kinds, kind => kind is { GrainType: "DispatcherGrain", Activations: > 0 });
        Assert.Contains(kinds, kind => kind is { GrainType: "WorkerGrain<ScriptedHandler>", Activations: > 0 });
        Assert.All(kinds, kind => Assert.Equal(silo, kind.Silo));
    }

    [Theory]
    [InlineData("A.B.JobGrain", "JobGrain")]
    [InlineData("A.B.JobGrain,A.B", "JobGrain")]
    [InlineData("A.Worker`1[[B.C.Handler,B.C]],A", "Worker<Handler>")]
    [InlineData("A.Worker`1[[B.C.Handler, B.C, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null]]", "Worker<Handler>")]
    [InlineData("A.Pair`2[[B.C,D],[E.F,G]]", "Pair<C, F>")]
    public void FullName_IsMadeReadable(string fullName, string text) => Assert.Equal(text, GrainTypeText.Of(fullName));
}
