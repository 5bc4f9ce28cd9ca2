using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;

namespace OrleansJobs.Benchmarks.Scenarios;

/// <summary>One silo with the no-op class.</summary>
internal static class BenchHost
{
    private const int Workers = 64;

    public static async Task<IHost> StartAsync(Action<ISiloBuilder> store)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton<NoopCounter>();
        builder.UseOrleans(silo =>
        {
            silo.AddOrleansJobs(jobs => jobs.AddHandler<NoopPayload, NoopHandler>(
                NoopHandler.JobClass, noop => noop.MaxLocalWorkers = Workers));
            store(silo);
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
