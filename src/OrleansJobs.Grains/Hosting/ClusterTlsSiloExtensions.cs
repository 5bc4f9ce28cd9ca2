using Microsoft.Extensions.DependencyInjection;
using OrleansJobs;
using OrleansJobs.Client.Connecting;

namespace Orleans.Hosting;

/// <summary>Protects what silos and clients say to each other.</summary>
public static class ClusterTlsSiloExtensions
{
    /// <summary>
    /// Mutual TLS on every connection of a silo, to clients and other silos, all of which need a certificate of the same authority. A host's setting is
    /// <c>JobGrid:Cluster:Tls</c>, which wins.
    /// </summary>
    /// <param name="silo">The silo, which has <c>AddOrleansJobs</c> as well.</param>
    /// <param name="files">Who this silo is, and whom it trusts.</param>
    /// <exception cref="InvalidOptionsException">A file is missing or is not what it should be; the text names it.</exception>
    public static ISiloBuilder UseClusterTls(this ISiloBuilder silo, ClusterTlsFiles files)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(files);
        ClusterTls.Load(files);
        silo.Services.AddSingleton(files);
        return silo;
    }
}
