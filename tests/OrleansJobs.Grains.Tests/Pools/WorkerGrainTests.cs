using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansJobs.Conformance;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Grains.Pools;
using OrleansJobs.Grains.Tests.Conformance;

namespace OrleansJobs.Grains.Tests.Pools;

public sealed class WorkerGrainTests : IAsyncLifetime
{
    private readonly OrleansSqliteEngine _engine = new();
    private readonly Script _script = new();
    private IHost _host = null!;

    public async Task InitializeAsync() => _host = await _engine.StartAsync(
        jobs => jobs.AddHandler<ScriptedJob, ScriptedHandler>(ScriptedJob.Class, options =>
        {
            options.MaxLocalWorkersCeiling = 1;
            options.MaxLocalWorkers = 1;
            options.Paused = true;
        }),
        builder => builder.Services.AddSingleton(_script));

    public async Task DisposeAsync()
    {
        _script.ReleaseAll();
        await _host.StopAsync();
        await _engine.DisposeAsync();
    }

    /// <summary>Orleans may take a busy activation for a free one; a job may run for hours.</summary>
    [Fact]
    public async Task Lease_ThatMeetsABusyActivation_DoesNotWaitForItsJob()
    {
        var gate = _script.Hold("held");
        var jobs = _host.Services.GetRequiredService<IJobClient>();
        var pool = _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IWorkerGrain<ScriptedHandler>>(ScriptedJob.Class);
        var bound = PoolBound.Of(new JobClassOptions { MaxLocalWorkers = 1, MaxLocalWorkersCeiling = 1 });
        for (var number = 1; number <= bound + 1; number++)
        {
            var job = await (await jobs.SubmitAsync(ScriptedJob.Class, new ScriptedJob("held"))).GetAsync();
            var waiting = new WaitingJob(job.Id, "", job.Priority, job.Cost, job.DueAt, job.State);
            _ = pool.RunAsync(new JobLease(new LeaseId(1, number), ScriptedJob.Class, waiting, job.DueAt));
            await gate.EnteredAsync();
        }

        Assert.Equal(bound + 1, _script.MostRunning);
    }
}
