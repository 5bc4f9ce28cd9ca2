using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Grains.Silos;

/// <summary>
/// The ports that the silo is going to listen on. They are looked at before the store and the cluster are touched: a silo that joins with the
/// address of one that runs is taken for its restart, and the running one for dead, before Orleans finds that the port cannot be had.
/// </summary>
internal sealed class SiloPorts(IOptions<EndpointOptions> endpoints)
{
    /// <exception cref="InvalidOptionsException">Names each port that cannot be had.</exception>
    public void ThrowIfTaken()
    {
        var faults = PortCheck.Faults(Points($"{nameof(EndpointOptions)}.{nameof(EndpointOptions.SiloPort)}", $"{nameof(EndpointOptions)}.{nameof(EndpointOptions.GatewayPort)}"));
        if (faults.Count > 0)
        {
            throw new InvalidOptionsException(faults);
        }
    }

    /// <summary>The ports, by what the settings are called that say so.</summary>
    public IEnumerable<ListenPoint> Points(string siloKey, string gatewayKey)
    {
        var silo = endpoints.Value;
        yield return new ListenPoint(siloKey, silo.SiloListeningEndpoint ?? new IPEndPoint(silo.AdvertisedIPAddress, silo.SiloPort));
        if (silo.GatewayPort > 0)
        {
            yield return new ListenPoint(gatewayKey, silo.GatewayListeningEndpoint ?? new IPEndPoint(silo.AdvertisedIPAddress, silo.GatewayPort));
        }
    }
}
