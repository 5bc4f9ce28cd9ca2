using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansJobs.Conformance;
using OrleansJobs.Grains.Tests.Conformance;

namespace OrleansJobs.Grains.Tests.Jobs;

/// <summary>A silo over a SQLite store of its own, with the scripted class.</summary>
public abstract class SiloTest : IAsyncLifetime
{
    private readonly OrleansSqliteEngine _engine = new();
    private IHost _host = null!;

    private protected Script Script { get; } = new();

    private protected IServiceProvider Services => _host.Services;

    private protected IJobClient Jobs => Services.GetRequiredService<IJobClient>();

    public virtual async Task InitializeAsync() => _host = await _engine.StartAsync(
        jobs => jobs.AddHandler<ScriptedJob, ScriptedHandler>(ScriptedJob.Class), builder => builder.Services.AddSingleton(Script));

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        await _engine.DisposeAsync();
    }
}
