using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using OrleansJobs.Dashboard;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Benchmarks.Scenarios;

/// <summary>Hosts with the no-op class and the HTTP API, on a free port of loopback.</summary>
internal static class WebBenchHost
{
    /// <summary>One silo.</summary>
    public static WebApplication Silo(Action<JobGridBuilder> store) => Build(builder => builder.UseOrleans(silo => BenchHost.SetUp(silo, store)));

    /// <summary>The embedded engine.</summary>
    public static WebApplication Embedded(Action<JobGridBuilder> store) => Build(builder => store(builder.Services.AddOrleansJobs(BenchHost.AddNoop)));

    private static WebApplication Build(Action<WebApplicationBuilder> engine)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton<NoopCounter>();
        builder.Services.AddOrleansJobsApi();
        engine(builder);
        var app = builder.Build();
        app.MapOrleansJobsApi();
        return app;
    }
}
