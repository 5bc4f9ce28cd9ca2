using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace OrleansJobs.Client.Hosting;

/// <summary>The ids of a cluster that is the grid's own. Silos and clients have them from here, so that they find each other.</summary>
internal static class GridClusterIds
{
    /// <summary>The id of the cluster, and of the service.</summary>
    public const string Default = "orleansjobs";

    /// <summary>Sets the ids before anybody else does, so that whatever the application configures wins, wherever it stands.</summary>
    public static void AddTo(IServiceCollection services) =>
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<ClusterOptions>>(new ConfigureOptions<ClusterOptions>(Apply)));

    /// <summary>As <see cref="AddTo"/>, but not in a process that is a silo: its cluster is not the client's to name.</summary>
    public static void AddToClient(IServiceCollection services) => services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<ClusterOptions>>(
        provider => new ConfigureOptions<ClusterOptions>(IsSilo(provider) ? null : Apply)));

    /// <summary>Whether the process is a silo.</summary>
    public static bool IsSilo(IServiceProvider provider) =>
        provider.GetRequiredService<IServiceProviderIsService>().IsService(typeof(ILocalSiloDetails));

    private static void Apply(ClusterOptions cluster) => (cluster.ClusterId, cluster.ServiceId) = (Default, Default);
}
