using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using OrleansJobs.Telemetry;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Benchmarks.Scenarios;

/// <summary>Hosts with the no-op class.</summary>
internal static class BenchHost
{
    /// <summary>Slots: a job holds one for two commits, its start and its ack, so fewer would leave the commits half empty.</summary>
    private const int Workers = 256;

    /// <summary>One silo.</summary>
    public static IHost Silo(Action<JobGridBuilder> store, Action<ISiloBuilder>? more = null)
    {
        var builder = Builder();
        builder.UseOrleans(silo =>
        {
            SetUp(silo, store);
            more?.Invoke(silo);
        });
        return builder.Build();
    }

    /// <summary>Sets a silo up, on free ports of loopback.</summary>
    public static void SetUp(ISiloBuilder silo, Action<JobGridBuilder> store)
    {
        store(silo.AddOrleansJobs(AddNoop));
        silo.ConfigureEndpoints(IPAddress.Loopback, FreePort(), FreePort());
    }

    /// <summary>The embedded engine.</summary>
    public static IHost Embedded(Action<JobGridBuilder> store)
    {
        var builder = Builder();
        store(builder.Services.AddOrleansJobs(AddNoop));
        return builder.Build();
    }

    private static HostApplicationBuilder Builder()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton<NoopCounter>();

        // By JobGrid__Telemetry__… in the environment: what a run with somebody who listens costs.
        if (builder.Configuration.GetSection(TelemetryOptions.Section).Exists())
        {
            builder.Services.AddOrleansJobsTelemetry(builder.Configuration);
        }

        return builder;
    }

    /// <summary>The no-op class.</summary>
    public static void AddNoop(JobGridBuilder jobs) =>
        jobs.AddHandler<NoopPayload, NoopHandler>(NoopHandler.JobClass, noop => noop.MaxLocalWorkers = Workers);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
