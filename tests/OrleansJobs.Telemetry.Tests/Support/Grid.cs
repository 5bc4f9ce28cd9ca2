using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Dashboard;

namespace OrleansJobs.Telemetry.Tests.Support;

/// <summary>A real embedded grid in a web application with telemetry, as a user's host has it.</summary>
internal sealed class Grid : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("orleansjobs-telemetry");
    private readonly WebApplication _app;
    private bool _stopped;

    private Grid(Dictionary<string, string?> settings, ILoggerProvider? logs, Action<IServiceCollection> telemetry)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        if (logs is not null)
        {
            builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Debug);
        }

        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOrleansJobs(jobs => jobs.AddHandler<Errand, ErrandHandler>(Errand.Class, options =>
        {
            options.MaxLocalWorkers = 4;
            options.Retry = Retry.Fixed(maxAttempts: 3, TimeSpan.FromMilliseconds(20));
        })).UseEmbedded(Path.Combine(_folder.FullName, "jobs.db"));
        builder.Services.AddOrleansJobsApi();
        telemetry(builder.Services);
        _app = builder.Build();
        _app.MapOrleansJobsApi();
    }

    public IServiceProvider Services => _app.Services;

    public IJobClient Jobs => _app.Services.GetRequiredService<IJobClient>();

    public HttpClient Http { get; } = new() { Timeout = Patience };

    public static Task<Grid> StartAsync(Dictionary<string, string?>? settings = null, ILoggerProvider? logs = null, Action<IServiceCollection>? more = null) =>
        StartAsync(new Grid(settings ?? [], logs, services =>
        {
            services.AddOrleansJobsTelemetry(new ConfigurationBuilder().AddInMemoryCollection(settings ?? []).Build());
            more?.Invoke(services);
        }), grid => grid._app.MapOrleansJobsMetrics());

    /// <summary>A grid of an application that sets telemetry up by itself.</summary>
    public static Task<Grid> StartOwnAsync(Action<IServiceCollection> telemetry) => StartAsync(new Grid([], null, telemetry), _ => { });

    private static async Task<Grid> StartAsync(Grid grid, Action<Grid> map)
    {
        map(grid);
        await grid._app.StartAsync();
        grid.Http.BaseAddress = new Uri(grid._app.Urls.First());
        return grid;
    }

    /// <summary>Submits an errand and waits for its end.</summary>
    public async Task<JobSnapshot> RunAsync(Errand errand, SubmitOptions? options = null) =>
        await (await Jobs.SubmitAsync(Errand.Class, errand, options)).WaitAsync().WaitAsync(Patience);

    public async Task StopAsync()
    {
        if (!_stopped)
        {
            _stopped = true;
            await _app.StopAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
