using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using OrleansJobs.Client.Connecting;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Grains.Hosting;

/// <summary>
/// Keeps strangers from a silo's ports, behind which every grain answers whoever calls: they are on loopback unless something else is configured, and
/// elsewhere only with mutual TLS or by the operator's word.
/// </summary>
internal sealed class ClusterProtection(IServiceProvider services, bool isOurCluster)
    : IPostConfigureOptions<SiloConnectionOptions>, IPostConfigureOptions<ClusterProtectionOptions>
{
    private const string CertificateKey = "Cluster:Tls:Certificate";
    private const string KeyKey = "Cluster:Tls:Key";
    private const string AuthorityKey = "Cluster:Tls:Authority";
    private const string AllowKey = "Cluster:AllowUnprotected";

    public static void Add(IServiceCollection services, bool isOurCluster)
    {
        services.AddSingleton(provider => new ClusterProtection(provider, isOurCluster));
        services.AddSingleton<IPostConfigureOptions<SiloConnectionOptions>>(provider => provider.GetRequiredService<ClusterProtection>());
        services.AddSingleton<IPostConfigureOptions<ClusterProtectionOptions>>(provider => provider.GetRequiredService<ClusterProtection>());
        if (isOurCluster)
        {
            services.Configure<EndpointOptions>(options => options.AdvertisedIPAddress ??= IPAddress.Loopback);
        }
    }

    /// <summary>Reads the settings of a host, and thereby checks them.</summary>
    public static void Read(SettingsReader settings)
    {
        settings.Flag(AllowKey, false);
        try
        {
            _ = FilesOf(settings) is { } files ? ClusterTls.Load(files) : null;
        }
        catch (InvalidOptionsException exception)
        {
            exception.Faults.ToList().ForEach(fault => settings.Require(false, $"{JobSettings.Section}:Cluster:Tls: {fault}"));
        }
    }

    /// <exception cref="InvalidOptionsException">Others could reach the silo, and nothing keeps them out.</exception>
    public void ThrowIfOpen()
    {
        var open = Listening().Where(address => !IPAddress.IsLoopback(address)).Distinct().ToList();
        if (isOurCluster && open.Count > 0 && Files is null && !services.GetRequiredService<IOptions<ClusterProtectionOptions>>().Value.AllowUnprotectedCluster)
        {
            throw new InvalidOptionsException(
            [
                $"The silo would listen on {string.Join(" and ", open)}, where whoever reaches it can read and change every job, without a key. Protect the cluster by "
                + $"UseClusterTls ({JobSettings.Section}:Cluster:Tls:Certificate, Key and Authority), or, in a network that only silos and their clients reach, say "
                + $"AllowUnprotectedCluster ({JobSettings.Section}:{AllowKey}=true).",
            ]);
        }
    }

    public void PostConfigure(string? name, ClusterProtectionOptions options) =>
        options.AllowUnprotectedCluster = Settings?.Flag(AllowKey, options.AllowUnprotectedCluster) ?? options.AllowUnprotectedCluster;

    public void PostConfigure(string? name, SiloConnectionOptions options)
    {
        if (Files is { } files)
        {
            var tls = ClusterTls.Load(files);
            options.ConfigureSiloInboundConnection(tls.ProtectServer);
            options.ConfigureGatewayInboundConnection(tls.ProtectServer);
            options.ConfigureSiloOutboundConnection(tls.ProtectClient);
        }
    }

    private SettingsReader? Settings => services.GetService<JobSettings>()?.Read();

    private ClusterTlsFiles? Files => (Settings is { } settings ? FilesOf(settings) : null) ?? services.GetService<ClusterTlsFiles>();

    private IEnumerable<IPAddress> Listening()
    {
        var endpoints = services.GetRequiredService<IOptions<EndpointOptions>>().Value;
        yield return (endpoints.SiloListeningEndpoint ?? new IPEndPoint(endpoints.AdvertisedIPAddress, endpoints.SiloPort)).Address;
        if (endpoints.GatewayPort > 0)
        {
            yield return (endpoints.GatewayListeningEndpoint ?? new IPEndPoint(endpoints.AdvertisedIPAddress, endpoints.GatewayPort)).Address;
        }
    }

    private static ClusterTlsFiles? FilesOf(SettingsReader settings)
    {
        var (certificate, key, authority) = (settings.Text(CertificateKey), settings.Text(KeyKey), settings.Text(AuthorityKey));
        if (certificate is null && key is null && authority is null)
        {
            return null;
        }

        settings.Require(
            certificate is not null && authority is not null, $"{JobSettings.Section}:{CertificateKey} and {JobSettings.Section}:{AuthorityKey} go together; one of them is empty.");
        return certificate is not null && authority is not null ? new ClusterTlsFiles(certificate, key ?? certificate, authority) : null;
    }
}
