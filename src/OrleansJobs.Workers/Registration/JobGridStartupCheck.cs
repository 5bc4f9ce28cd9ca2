using Microsoft.Extensions.Hosting;

namespace OrleansJobs.Workers.Registration;

/// <summary>Has the registration checked when the host starts: asking for the registry throws if there is a fault.</summary>
internal sealed class JobGridStartupCheck(JobClassRegistry registry) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
