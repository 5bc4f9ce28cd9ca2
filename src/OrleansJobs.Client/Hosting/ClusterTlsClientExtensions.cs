using Microsoft.Extensions.DependencyInjection;
using OrleansJobs;
using OrleansJobs.Client.Connecting;

namespace Orleans.Hosting;

/// <summary>Protects what a client and the silos say to each other.</summary>
public static class ClusterTlsClientExtensions
{
    /// <summary>Mutual TLS on the connections to silos, whose <c>UseClusterTls</c> or <c>JobGrid:Cluster:Tls</c> has files of the same authority.</summary>
    /// <param name="client">The Orleans client.</param>
    /// <param name="files">Who this client is, and whom it trusts.</param>
    /// <exception cref="InvalidOptionsException">A file is missing or is not what it should be; the text names it.</exception>
    public static IClientBuilder UseClusterTls(this IClientBuilder client, ClusterTlsFiles files)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(files);
        var tls = ClusterTls.Load(files);
        client.Services.Configure<Orleans.Configuration.ClientConnectionOptions>(options => options.ConfigureConnection(tls.ProtectClient));
        return client;
    }
}
