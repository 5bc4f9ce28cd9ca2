using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Workers.Registration;

/// <summary>Has the registration checked when the host starts: asking for the registry throws if there is a fault.</summary>
internal sealed class JobGridStartupCheck(JobClassRegistry registry, IServiceProviderIsService services) : IHostedService
{
    /// <exception cref="InvalidOptionsException">No engine was added.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return services.IsService(typeof(IJobPort))
            ? Task.CompletedTask
            : throw new InvalidOptionsException(
            [
                "Nothing runs the grid of this process. Add an engine: UseEmbedded() of the package OrleansJobs.Embedded on what AddOrleansJobs "
                    + "returns; or call AddOrleansJobs on the silo, in UseOrleans, with the package OrleansJobs.Grains.",
            ]);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
