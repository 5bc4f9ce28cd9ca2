using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Dashboard;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Benchmarks.Scenarios.Pages;

/// <summary>The embedded engine with its HTTP API, on a free port of loopback. One class runs jobs that do not end, the others are paused.</summary>
internal sealed partial class PagesHost : IAsyncDisposable
{
    private const int Workers = 50;
    private readonly WebApplication _app;

    private PagesHost(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public static async Task<PagesHost> StartAsync(Action<JobGridBuilder> store)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddOrleansJobsApi();
        store(builder.Services.AddOrleansJobs(AddClasses));
        var app = builder.Build();
        app.MapOrleansJobsApi();
        await app.StartAsync();
        return new PagesHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void AddClasses(JobGridBuilder jobs)
    {
        foreach (var jobClass in new[] { PagesFill.Large, PagesFill.Small, PagesFill.Empty, PagesFill.Running })
        {
            Add(jobs, jobClass, paused: jobClass != PagesFill.Running);
        }

        jobs.ConfigureWorkers(workers => workers with { DrainTimeout = TimeSpan.Zero });
    }

    private static void Add(JobGridBuilder jobs, string jobClass, bool paused) => jobs.AddHandler<Mail, StayingHandler>(jobClass, options =>
    {
        options.MaxLocalWorkers = Workers;
        options.Retention = JobLimits.MaxRetention;
        options.Paused = paused;
    });

    /// <summary>The payload.</summary>
    internal sealed record Mail(string To, string Subject, string Body);

    /// <summary>Runs until it is stopped.</summary>
    internal sealed partial class StayingHandler : IJobHandler<Mail>
    {
        public async Task<JobResult> HandleAsync(Mail payload, JobContext context)
        {
            Sends(context.Logger, payload.To);
            await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
            return JobResult.Done;
        }

        [LoggerMessage(Level = LogLevel.Information, Message = "Sends to {To}.")]
        private static partial void Sends(ILogger logger, string to);
    }
}
