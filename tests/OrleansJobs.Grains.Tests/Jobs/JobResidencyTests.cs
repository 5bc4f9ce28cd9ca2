using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansJobs.Conformance;
using OrleansJobs.Grains.Jobs;
using OrleansJobs.Grains.Tests.Conformance;

namespace OrleansJobs.Grains.Tests.Jobs;

/// <summary>A job that waits costs the silo no memory, beyond what the limits allow for those that are about to run.</summary>
public sealed class JobResidencyTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private readonly OrleansSqliteEngine _engine = new();
    private readonly Script _script = new();
    private IHost _host = null!;

    private IJobClient Jobs => _host.Services.GetRequiredService<IJobClient>();

    public async Task InitializeAsync() => _host = await _engine.StartAsync(
        jobs => jobs.AddHandler<ScriptedJob, ScriptedHandler>(ScriptedJob.Class, scripted => scripted.Retry = Retry.Fixed(3, TimeSpan.FromHours(1))),
        builder => builder.Services.AddSingleton(_script));

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task ScheduledJob_HasNoGrain_AndCanBeChanged()
    {
        var job = await Jobs.SubmitAsync(ScriptedJob.Class, new ScriptedJob("later"), new() { Delay = TimeSpan.FromHours(1) });
        await NoGrainIsLeftAsync();

        await job.RetryAsync();

        Assert.Equal(JobState.Succeeded, (await job.WaitAsync().WaitAsync(Patience)).State);
        await NoGrainIsLeftAsync();
    }

    [Fact]
    public async Task RetryingJob_HasNoGrain()
    {
        _script.On("fails", Task<JobResult> (_) => throw new FormatException("bad"));
        var job = await Jobs.SubmitAsync(ScriptedJob.Class, new ScriptedJob("fails"));
        await UntilAsync("the job waits for its next attempt", async () => (await job.GetAsync()).State == JobState.Retrying);

        await NoGrainIsLeftAsync();
    }

    [Fact]
    public async Task JobsThatWait_HoldNoMorePayloadThanTheLimitAllows()
    {
        const int payload = 900_000;
        const int jobs = 85;
        await Jobs.PauseAsync(ScriptedJob.Class);
        for (var job = 0; job < jobs; job++)
        {
            await Jobs.SubmitAsync(ScriptedJob.Class, new ScriptedJob(new string('x', payload)));
        }

        await UntilAsync("the others have left", async () => await CountAsync() <= JobResidency.MaxResidentBytes / payload);

        await Jobs.ResumeAsync(ScriptedJob.Class);
        await UntilAsync("all have run", async () => (await Jobs.GetClassAsync(ScriptedJob.Class)).Counts.Succeeded == jobs);
        await NoGrainIsLeftAsync();
    }

    private Task NoGrainIsLeftAsync() => UntilAsync("no job has a grain", async () => await CountAsync() == 0);

    private async Task UntilAsync(string what, Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            Assert.False(patience.IsCancellationRequested, $"It never was so that {what}.");
            await Jobs.ReadFinishedAsync(ScriptedJob.Class, long.MaxValue - 1, 1, Glance);
        }
    }

    private async Task<int> CountAsync() => (await _host.Services.GetRequiredService<IGridMonitor>().GetGrainsAsync())
        .Where(kind => kind.GrainType == nameof(JobGrain)).Sum(kind => kind.Activations);
}
