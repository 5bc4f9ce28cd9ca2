using System.Net;
using LearningPlatform.Hosting;
using Orleans.Configuration;
using Orleans.Dashboard;
using OrleansJobs.Dashboard;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Silo;

/// <summary>The Orleans engine: this process is a silo of a cluster.</summary>
internal sealed class SiloEngine : IHostEngine
{
    private const string SiloPortKey = "Cluster:SiloPort";
    private const string GatewayPortKey = "Cluster:GatewayPort";
    private const int HighestPort = 65_535;

    private const string OrleansPath = "/orleans";

    private readonly ClusterOptions _cluster = new();
    private readonly EndpointOptions _endpoints = new();
    private bool _hasDashboard;

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
        _hasDashboard = settings.Flag("Cluster:Dashboard", true);
        _cluster.ServiceId = settings.Text("Cluster:ServiceId", "orleansjobs");
    }

    /// <summary>
    /// Orleans' own dashboard, for admins: it asks nobody who they are, and its page of grain states calls methods of grains by
    /// reflection.
    /// </summary>
    public void Map(WebApplication app)
    {
        if (_hasDashboard)
        {
            app.MapOrleansDashboard(OrleansPath).RequireAuthorization(AccessPolicies.Admin);
        }
    }

    public void Add(WebApplicationBuilder builder, GridHostOptions options, Action<JobGridBuilder> jobs) => builder.UseOrleans(silo =>
    {
        options.UseStore(silo.AddOrleansJobs(jobs));
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (_cluster.ClusterId, _cluster.ServiceId));
        if (_hasDashboard)
        {
            // Its trace would show the log of the process, and with it whatever handlers write.
            silo.AddDashboard(dashboard => dashboard.HideTrace = true);
        }

        silo.ConfigureEndpoints(_endpoints.AdvertisedIPAddress, _endpoints.SiloPort, _endpoints.GatewayPort);
    });
}
