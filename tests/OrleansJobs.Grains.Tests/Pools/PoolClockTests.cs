using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansJobs.Conformance;
using OrleansJobs.Grains.Tests.Conformance;
using OrleansJobs.TestKit;

namespace OrleansJobs.Grains.Tests.Pools;

/// <summary>Orleans files each new activation by the wall clock, and refuses it once that was set back, unless the grid keeps it from it.</summary>
public sealed class PoolClockTests : IAsyncLifetime
{
    private readonly OrleansSqliteEngine _engine = new();
    private readonly SettableClock _clock = new();
    private IHost _host = null!;

    public async Task InitializeAsync() => _host = await _engine.StartAsync(
        jobs => jobs.AddHandler<ScriptedJob, ScriptedHandler>(ScriptedJob.Class),
        builder =>
        {
            builder.Services.AddSingleton(new Script());
            builder.Services.AddSingleton<TimeProvider>(_clock);
        });

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task FirstJobOfAClass_AfterTheClockWasSetBack_Runs()
    {
        _clock.Offset = TimeSpan.FromHours(-1);

        var job = await _host.Services.GetRequiredService<IJobClient>().SubmitAsync(ScriptedJob.Class, new ScriptedJob("job"));

        Assert.Equal(JobState.Succeeded, (await job.WaitAsync().WaitAsync(TimeSpan.FromSeconds(30))).State);
    }
}
