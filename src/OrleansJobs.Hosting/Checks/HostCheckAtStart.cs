using Microsoft.Extensions.Hosting;

namespace OrleansJobs.Hosting.Checks;

/// <summary>Has a host checked before its parts start, in an application that does not run by <c>RunJobsAsync</c>.</summary>
internal sealed class HostCheckAtStart(HostCheck check) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => check.RunAsync();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
