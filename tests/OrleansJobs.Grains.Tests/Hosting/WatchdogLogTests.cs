using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansJobs.Conformance;
using OrleansJobs.Grains.Tests.Conformance;

namespace OrleansJobs.Grains.Tests.Hosting;

/// <summary>What Orleans' watchdog says: nothing before the silo is active, everything after.</summary>
public sealed class WatchdogLogTests
{
    private const string Watchdog = "Orleans.Runtime.Watchdog";

    [Fact]
    public async Task Warning_BeforeTheSiloIsActive_IsHeldBack_AndOneAfterItIsTold()
    {
        var lines = new LineCounter();
        await using var engine = new OrleansSqliteEngine();
        using var host = await engine.StartAsync(jobs => jobs.AddHandler<ScriptedJob, ScriptedHandler>(ScriptedJob.Class), builder =>
        {
            builder.Services.AddSingleton(new Script()).AddHostedService<EarlyWarning>();
            builder.Logging.ClearProviders().AddProvider(lines);
        });

        Assert.Equal(0, lines.Count(LogLevel.Warning, Watchdog));
        Assert.Equal(1, lines.Count(LogLevel.Error, EarlyWarning.Other));
        WarnAs(host.Services, Watchdog);
        Assert.Equal(1, lines.Count(LogLevel.Warning, Watchdog));
        await host.StopAsync();
    }

    private static void WarnAs(IServiceProvider services, string category)
    {
        services.GetRequiredService<ILoggerFactory>().CreateLogger(category).LogWarning("A check has not completed.");
    }

    /// <summary>Warns before any part of the host has started.</summary>
    private sealed class EarlyWarning(IServiceProvider services) : IHostedLifecycleService
    {
        public const string Other = "Orleans.Runtime.Other";

        public Task StartingAsync(CancellationToken cancellationToken)
        {
            WarnAs(services, Watchdog);
            services.GetRequiredService<ILoggerFactory>().CreateLogger(Other).LogError("Something else.");
            return Task.CompletedTask;
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
