using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Tests.Conformance;

/// <summary>Starts silos as an application does, on free ports.</summary>
internal static class SiloHosts
{
    /// <summary>Short, so that a test of draining does not take long.</summary>
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromMilliseconds(500);

    public static async Task<IHost> StartAsync(
        Action<JobGridBuilder> configure, Action<IHostApplicationBuilder> services, Func<JobGridBuilder, JobGridBuilder> store)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        services(builder);
        builder.UseOrleans(silo =>
        {
            store(silo.AddOrleansJobs(jobs =>
            {
                configure(jobs);
                jobs.ConfigureWorkers(workers => workers with { DrainTimeout = DrainTimeout });
            }));
            silo.ConfigureEndpoints(IPAddress.Loopback, FreePort(), FreePort());
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
