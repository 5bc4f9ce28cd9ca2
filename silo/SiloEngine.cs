using System.Net;
using LearningPlatform.Hosting;
using Orleans.Configuration;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Silo;

/// <summary>The Orleans engine: this process is a silo of a cluster.</summary>
internal sealed class SiloEngine : IHostEngine
{
    private const string SiloPortKey = "Cluster:SiloPort";
    private const string GatewayPortKey = "Cluster:GatewayPort";
    private const int HighestPort = 65_535;

    private readonly ClusterOptions _cluster = new();
    private readonly EndpointOptions _endpoints = new();

    public string Name => "silo";

    public IReadOnlyCollection<string> StartLayers => ["Orleans.Runtime.Silo", "Orleans.Runtime.SiloLifecycleSubject"];

    public IEnumerable<(string Key, IPEndPoint Endpoint)> Endpoints
    {
        get
        {
            yield return (SiloPortKey, new IPEndPoint(_endpoints.AdvertisedIPAddress, _endpoints.SiloPort));
            if (_endpoints.GatewayPort > 0)
            {
                yield return (GatewayPortKey, new IPEndPoint(_endpoints.AdvertisedIPAddress, _endpoints.GatewayPort));
            }
        }
    }

    public void Read(SettingsReader settings)
    {
        _endpoints.AdvertisedIPAddress = settings.Address("Cluster:Address", IPAddress.Loopback);
        _endpoints.SiloPort = settings.Number(SiloPortKey, 11_111, 1, HighestPort);
        _endpoints.GatewayPort = settings.Number(GatewayPortKey, 30_000, 0, HighestPort);
        _cluster.ClusterId = settings.Text("Cluster:ClusterId", "orleansjobs");
        _cluster.ServiceId = settings.Text("Cluster:ServiceId", "orleansjobs");
    }

    public void Add(WebApplicationBuilder builder, GridHostOptions options, Action<JobGridBuilder> jobs) => builder.UseOrleans(silo =>
    {
        silo.AddOrleansJobs(jobs);
        _ = options.Store == StoreKind.Sqlite
            ? silo.UseSqliteJobs(options.SqlitePath)
            : silo.UsePostgresJobs(options.PostgresConnectionString);
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (_cluster.ClusterId, _cluster.ServiceId));
        silo.ConfigureEndpoints(_endpoints.AdvertisedIPAddress, _endpoints.SiloPort, _endpoints.GatewayPort);
    });
}
