using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Runtime;
using OrleansJobs.Client.Hosting;

namespace OrleansJobs.Client.Connecting;

/// <summary>
/// Puts the limit around the start of the application's Orleans client, which by itself goes on trying a gateway that does not answer for ever
/// and has no option against it.
/// </summary>
internal sealed class ClientStart
{
    private bool _isBounded;

    /// <summary>Bounds the start, if the services have a client by now; answers whether this is the first call.</summary>
    public static bool Bound(IServiceCollection services)
    {
        var known = services.FirstOrDefault(service => service.ServiceType == typeof(ClientStart));
        var start = (ClientStart?)known?.ImplementationInstance ?? new ClientStart();
        if (known is null)
        {
            services.AddOptions();
            services.AddSingleton(start);
            services.AddSingleton<ConnectReport>();
            services.AddTransient<IConfigurationValidator, Order>();
        }

        if (!start._isBounded)
        {
            start._isBounded = Wrap(services);
        }

        return known is null;
    }

    // What Orleans registers is a factory over a type of its own; whether it makes the client or a silo shows only in what it makes.
    private static bool Wrap(IServiceCollection services)
    {
        var found = false;
        for (var at = 0; at < services.Count; at++)
        {
            var service = services[at];
            if (service is { IsKeyedService: false, ImplementationFactory: { } make } && service.ServiceType == typeof(IHostedService) && IsOfOrleans(make))
            {
                services[at] = ServiceDescriptor.Singleton<IHostedService>(provider => Wrap(provider, (IHostedService)make(provider)));
                found = true;
            }
        }

        if (found)
        {
            ReplaceFilter(services);
        }

        return found;
    }

    private static IHostedService Wrap(IServiceProvider provider, IHostedService service) => service is IClusterClient
        ? ActivatorUtilities.CreateInstance<BoundedStart>(provider, service, provider.GetService<TimeProvider>() ?? TimeProvider.System)
        : service;

    // Orleans' own filter gives up at once on some faults and pauses for up to 22 s after others. One that the application has set stays.
    private static void ReplaceFilter(IServiceCollection services)
    {
        var own = services.Where(service => service.ServiceType == typeof(IClientConnectionRetryFilter)
            && service.ImplementationType?.Assembly == typeof(ClusterOptions).Assembly).ToList();
        own.ForEach(service => services.Remove(service));
        services.TryAddSingleton<IClientConnectionRetryFilter, KeepTrying>();
    }

    private static bool IsOfOrleans(Delegate make) => make.Method.Module.Assembly == typeof(ClusterOptions).Assembly;

    /// <summary>Refuses a client that was added too late to be bounded.</summary>
    private sealed class Order(ClientStart start, IServiceProvider provider) : IConfigurationValidator
    {
        public void ValidateConfiguration()
        {
            if (!start._isBounded && !GridClusterIds.IsSilo(provider))
            {
                throw new InvalidOptionsException(["AddOrleansJobsClient was called before UseOrleansClient; call it after it, or in it."]);
            }
        }
    }
}
