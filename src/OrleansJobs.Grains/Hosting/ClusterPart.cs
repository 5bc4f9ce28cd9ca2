using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using OrleansJobs.Grains.Silos;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Grains.Hosting;

/// <summary>
/// The silo's place in the cluster, by the settings <c>JobGrid:Cluster</c> of a host that has <see cref="JobSettings"/>. What they do not say stays as Orleans
/// and the application have it.
/// </summary>
internal sealed class ClusterPart(IServiceProvider services) : IHostPart, IPostConfigureOptions<EndpointOptions>, IPostConfigureOptions<ClusterOptions>
{
    private const string AddressKey = "Cluster:Address";
    private const string SiloPortKey = "Cluster:SiloPort";
    private const string GatewayPortKey = "Cluster:GatewayPort";
    private const string ClusterIdKey = "Cluster:ClusterId";
    private const string ServiceIdKey = "Cluster:ServiceId";
    private const int HighestPort = 65_535;

    public IEnumerable<ListenPoint> ListenPoints => services.GetRequiredService<SiloPorts>()
        .Points($"{JobSettings.Section}:{SiloPortKey}", $"{JobSettings.Section}:{GatewayPortKey}");

    public IEnumerable<string> StartCategories => ["Orleans.Runtime.Silo", "Orleans.Runtime.SiloLifecycleSubject"];

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ClusterPart>();
        services.AddSingleton<IHostPart>(provider => provider.GetRequiredService<ClusterPart>());
        services.AddSingleton<IPostConfigureOptions<EndpointOptions>>(provider => provider.GetRequiredService<ClusterPart>());
        services.AddSingleton<IPostConfigureOptions<ClusterOptions>>(provider => provider.GetRequiredService<ClusterPart>());
    }

    public void Read(SettingsReader settings)
    {
        Apply(settings, new EndpointOptions());
        Apply(settings, new ClusterOptions());
        ClusterProtection.Read(settings);
    }

    public void PostConfigure(string? name, EndpointOptions options)
    {
        if (services.GetService<JobSettings>() is { } settings)
        {
            Apply(settings.Read(), options);
        }
    }

    public void PostConfigure(string? name, ClusterOptions options)
    {
        if (services.GetService<JobSettings>() is { } settings)
        {
            Apply(settings.Read(), options);
        }
    }

    private static void Apply(SettingsReader settings, EndpointOptions options)
    {
        if (settings.Address(AddressKey, null) is { } address)
        {
            options.AdvertisedIPAddress = address;
        }

        if (settings.Text(SiloPortKey) is not null)
        {
            options.SiloPort = settings.Number(SiloPortKey, EndpointOptions.DEFAULT_SILO_PORT, 1, HighestPort);
        }

        if (settings.Text(GatewayPortKey) is not null)
        {
            options.GatewayPort = settings.Number(GatewayPortKey, EndpointOptions.DEFAULT_GATEWAY_PORT, 0, HighestPort);
        }
    }

    private static void Apply(SettingsReader settings, ClusterOptions options)
    {
        options.ClusterId = settings.Text(ClusterIdKey) ?? options.ClusterId;
        options.ServiceId = settings.Text(ServiceIdKey) ?? options.ServiceId;
    }
}
