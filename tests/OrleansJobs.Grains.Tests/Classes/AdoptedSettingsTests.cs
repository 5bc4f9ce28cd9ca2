using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansJobs.Conformance;
using OrleansJobs.Grains.Tests.Conformance;
using OrleansJobs.Storage;

namespace OrleansJobs.Grains.Tests.Classes;

/// <summary>What operators changed while the embedded engine had the store holds in the cluster too.</summary>
public sealed class AdoptedSettingsTests : IAsyncLifetime
{
    private readonly OrleansSqliteEngine _engine = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Fact]
    public async Task Changes_OfTheEmbeddedEngine_AreTakenOver_AndGoOnFromThere()
    {
        using (var before = await StartAsync())
        {
            var store = before.Services.GetRequiredService<IJobStore>();
            await store.WriteClassSettingsAsync(ScriptedJob.Class, new ClassSettingsRow(1, """{"revision":1,"change":{"maxLocalWorkers":2}}"""));
            await before.StopAsync();
        }

        using var host = await StartAsync();
        var jobs = host.Services.GetRequiredService<IJobClient>();
        var adopted = (await jobs.GetClassAsync(ScriptedJob.Class)).Settings;
        var changed = await jobs.ChangeClassAsync(ScriptedJob.Class, new() { MaxConcurrentJobs = 5 });
        await host.StopAsync();

        Assert.Equal((1, 2), (adopted.Revision, adopted.MaxLocalWorkers));
        Assert.Equal((2, 2, 5), (changed.Revision, changed.MaxLocalWorkers, changed.MaxConcurrentJobs));
    }

    private Task<IHost> StartAsync() => _engine.StartAsync(
        jobs => jobs.AddHandler<ScriptedJob, ScriptedHandler>(ScriptedJob.Class, options => options.MaxLocalWorkers = 4),
        builder => builder.Services.AddSingleton(new Script()));
}
