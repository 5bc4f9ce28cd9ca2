using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using OrleansJobs;
using OrleansJobs.Client;
using OrleansJobs.Client.Connecting;
using OrleansJobs.Client.Hosting;
using OrleansJobs.Client.Wire;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the job client to an application that has an Orleans client.</summary>
public static class JobClientServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IJobClient"/> and <see cref="IGridMonitor"/> over the application's Orleans client or silo. In a process that is no
    /// silo, call it after <c>UseOrleansClient</c>: it names the cluster and the service <c>orleansjobs</c>, as silos do whose cluster is the
    /// grid's own, unless the application configures <c>ClusterOptions</c>; and it bounds how long the start waits for a silo.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Sets how the grid is reached.</param>
    /// <exception cref="GridUnavailableException">
    /// At start: no silo was reached within <see cref="JobClientOptions.ConnectTimeout"/>. The text says where the client looked for which
    /// cluster, and what it found.
    /// </exception>
    /// <exception cref="InvalidOptionsException">At start: an option is out of range, or <c>UseOrleansClient</c> was called later.</exception>
    public static IServiceCollection AddOrleansJobsClient(this IServiceCollection services, Action<JobClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (ClientStart.Bound(services))
        {
            GridClusterIds.AddToClient(services);
        }

        return services.AddJobClient();
    }

    /// <summary>Adds the client alone: the process has its cluster already.</summary>
    internal static IServiceCollection AddJobClient(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<ExceptionSerializationOptions>, WireExceptions>());
        services.TryAddSingleton(JobSerializer.Default);
        services.TryAddSingleton<IJobClient>(provider =>
            new OrleansJobClient(provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<JobSerializer>()));
        services.TryAddSingleton<IGridMonitor>(provider => new OrleansGridMonitor(provider.GetRequiredService<IGrainFactory>()));
        return services;
    }
}
