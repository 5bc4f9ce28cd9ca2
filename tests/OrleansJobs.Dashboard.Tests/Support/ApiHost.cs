using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansJobs.Dashboard.Tests.Support;

/// <summary>The API in a real server on a free port of loopback, over a grid in memory.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiHost(WebApplication app, InMemoryGrid grid)
    {
        _app = app;
        Grid = grid;
        Url = new Uri(app.Urls.Single());
    }

    public InMemoryGrid Grid { get; }

    public Uri Url { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="prefix">Where the API begins.</param>
    /// <param name="settings">What the host is configured with; by default nothing, so nobody is asked who they are.</param>
    /// <param name="configure">What a host adds to its services.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="classes">The grid's classes; email and index unless others are said.</param>
    public static async Task<ApiHost> StartAsync(
        string prefix = "/api", Dictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null, string address = "127.0.0.1",
        params string[] classes)
    {
        var grid = new InMemoryGrid(classes.Length == 0 ? ["email", "index"] : classes);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.WebHost.UseKestrelCore().UseUrls($"http://{address}:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.Services.AddSingleton<IJobClient>(grid);
        builder.Services.AddSingleton<IGridMonitor>(grid);
        builder.Services.AddOrleansJobsApi();
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapOrleansJobsApi(prefix);
        app.MapOrleansJobsHealth();
        app.MapOrleansJobsOpenApi();
        await app.StartAsync();
        return new ApiHost(app, grid);
    }

    /// <summary>Begins a stop, and ends when the server has stopped.</summary>
    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
