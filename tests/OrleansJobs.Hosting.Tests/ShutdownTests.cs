using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace OrleansJobs.Hosting.Tests;

/// <summary>A host that is asked to stop, and has something that does not.</summary>
public sealed class ShutdownTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("orleansjobs-shutdown-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Host_WhoseServiceDoesNotStop_LeavesSoonAfterItsTimeout()
    {
        var time = new SignallingTime();
        var service = new Stubborn();
        var host = Build(time, service);
        var run = host.RunJobsAsync();
        await StopAsync(host);
        await Task.WhenAll(service.IsAskedToStop, time.IsWaitedFor).WaitAsync(Patience);

        time.Advance(Timeout);
        Assert.False(run.IsCompleted);
        time.Advance(Grace);

        Assert.Equal(1, await run.WaitAsync(Patience));
        service.Release();
    }

    [Fact]
    public async Task Host_ThatStopsInTime_LeavesAsAsked()
    {
        var service = new Stubborn();
        service.Release();
        var host = Build(new SignallingTime(), service);
        var run = host.RunJobsAsync();
        await StopAsync(host);

        Assert.Equal(0, await run.WaitAsync(Patience));
    }

    /// <summary>Asks the host to stop as soon as it has started.</summary>
    private static async Task StopAsync(IHost host)
    {
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(Patience);
        lifetime.StopApplication();
    }

    private IHost Build(TimeProvider time, IHostedService service)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.AddOrleansJobsSettings();
        builder.Services.AddOrleansJobs(_ => { }).UseEmbedded(Path.Combine(_folder, "jobs.db"));
        builder.Services.AddSingleton(time).AddSingleton(service);
        return builder.Build();
    }

    private sealed class SignallingTime : FakeTimeProvider
    {
        private readonly TaskCompletionSource _waitedFor = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsWaitedFor => _waitedFor.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == Timeout + Grace)
            {
                _waitedFor.TrySetResult();
            }

            return timer;
        }
    }

    private sealed class Stubborn : IHostedService
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsAskedToStop => _asked.Task;

        public void Release() => _released.TrySetResult();

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            _asked.TrySetResult();
            return _released.Task;
        }
    }
}
