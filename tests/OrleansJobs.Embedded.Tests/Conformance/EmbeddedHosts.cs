using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Embedded.Tests.Conformance;

/// <summary>Starts hosts with the embedded engine as an application does.</summary>
internal static class EmbeddedHosts
{
    /// <summary>Short, so that a test of draining does not take long.</summary>
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromMilliseconds(500);

    public static async Task<IHost> StartAsync(
        Action<JobGridBuilder> configure, Action<IHostApplicationBuilder> services, Func<JobGridBuilder, JobGridBuilder> store)
    {
        var host = Build(configure, services, store);
        await host.StartAsync();
        return host;
    }

    public static IHost Build(
        Action<JobGridBuilder> configure, Action<IHostApplicationBuilder> services, Func<JobGridBuilder, JobGridBuilder> store)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        services(builder);
        var jobs = builder.Services.AddOrleansJobs(configure);
        store(jobs.ConfigureWorkers(workers => workers with { DrainTimeout = DrainTimeout }));
        return builder.Build();
    }
}
