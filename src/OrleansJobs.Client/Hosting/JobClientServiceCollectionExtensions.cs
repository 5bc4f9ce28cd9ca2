using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansJobs;
using OrleansJobs.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the job client to an application that has an Orleans client.</summary>
public static class JobClientServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IJobClient"/> and <see cref="IGridMonitor"/> over the application's Orleans client or silo.</summary>
    public static IServiceCollection AddOrleansJobsClient(this IServiceCollection services)
    {
        services.TryAddSingleton(JobSerializer.Default);
        services.TryAddSingleton<IJobClient>(provider =>
            new OrleansJobClient(provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<JobSerializer>()));
        services.TryAddSingleton<IGridMonitor>(provider => new OrleansGridMonitor(provider.GetRequiredService<IGrainFactory>()));
        return services;
    }
}
