using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Dashboard;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Browser.Tests.Support;

/// <summary>An application as anybody would write it: the embedded grid on a file, its API, its dashboard, three keys.</summary>
internal sealed class GridSite : IAsyncDisposable
{
    /// <summary>Jobs of it do what their payload says, four at a time.</summary>
    public const string Works = "works";

    /// <summary>The same, with one attempt each.</summary>
    public const string Fragile = "fragile";

    /// <summary>The same, one at a time: whatever waits there has a reason.</summary>
    public const string Narrow = "narrow";

    /// <summary>Its payloads have a secret.</summary>
    public const string Charges = "charges";

    private readonly WebApplication _app;
    private readonly string _folder;

    private GridSite(WebApplication app, string folder)
    {
        (_app, _folder) = (app, folder);
        Url = app.Urls.Single();
        Jobs = app.Services.GetRequiredService<IJobClient>();
    }

    public static IReadOnlyDictionary<AccessRole, string> Keys { get; } = Enum.GetValues<AccessRole>().ToDictionary(role => role, role => ApiKey.New(NameOf(role)));

    public string Url { get; }

    public IJobClient Jobs { get; }

    public Charged Charged => _app.Services.GetRequiredService<Charged>();

    /// <param name="prefix">Where the dashboard and the API are.</param>
    public static async Task<GridSite> StartAsync(string prefix = "")
    {
        var folder = Directory.CreateTempSubdirectory("orleansjobs-site-").FullName;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(KeySettings());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information));
        builder.Services.AddSingleton<Charged>();
        builder.Services.AddOrleansJobs(AddClasses).UseEmbedded(Path.Combine(folder, "jobs.db"));
        builder.Services.AddOrleansJobsApi();
        var app = builder.Build();
        app.MapOrleansJobsApi(prefix + "/api");
        app.MapOrleansJobsDashboard(prefix + "/");
        await app.StartAsync();
        return new GridSite(app, folder);
    }

    public Task<JobHandle> SubmitAsync(string jobClass, Work work, SubmitOptions? options = null) => Jobs.SubmitAsync(jobClass, work, options);

    /// <summary>Submits, and waits until the job has come to this state.</summary>
    public async Task<JobId> SubmitAsync(string jobClass, Work work, JobState state, SubmitOptions? options = null)
    {
        var id = (await SubmitAsync(jobClass, work, options)).Id;
        for (var job = await Jobs.GetAsync(id); job.State != state;)
        {
            Assert.False(job.State.IsTerminal(), $"The job is {job.State}, not {state}.");
            job = await Jobs.WaitForChangeAsync(id, job.Version, TimeSpan.FromSeconds(20));
        }

        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public Task StopAsync() => _app.StopAsync();

    public static string NameOf(AccessRole role) => role switch { AccessRole.Admin => "ada", AccessRole.Operator => "olga", _ => "val" };

    private static void AddClasses(JobGridBuilder jobs) => jobs
        .AddHandler<Work, WorkHandler>(Works, options => options.MaxLocalWorkers = 4)
        .AddHandler<Work, WorkHandler>(Fragile, options => options.Retry = Retry.None)
        .AddHandler<Work, WorkHandler>(Narrow, options => options.MaxLocalWorkers = 1)
        .AddHandler<Charge, ChargeHandler>(Charges)
        .ConfigureWorkers(workers => workers with { DrainTimeout = TimeSpan.FromMilliseconds(200) });

    private static Dictionary<string, string?> KeySettings() => Keys.SelectMany(key => new KeyValuePair<string, string?>[]
    {
        new($"JobGrid:Access:Keys:{NameOf(key.Key)}:Hash", ApiKey.Hash(key.Value)),
        new($"JobGrid:Access:Keys:{NameOf(key.Key)}:Role", key.Key.ToString()),
    }).ToDictionary();
}
