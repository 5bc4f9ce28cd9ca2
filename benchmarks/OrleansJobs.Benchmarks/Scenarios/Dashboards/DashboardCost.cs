using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Benchmarks.Reporting;
using OrleansJobs.Dashboard;

namespace OrleansJobs.Benchmarks.Scenarios.Dashboards;

/// <summary>
/// What open dashboards cost a grid of its throughput. The same host runs the same jobs with and without them in turns (without, with, with,
/// without), so that what changes on the machine meets both; the figure is the median over the pairs.
/// </summary>
internal static class DashboardCost
{
    public const string Name = "dashboards-50";
    private const int Dashboards = 50;
    private const int Blocks = 6;

    public static async Task<Figure> RunAsync(int jobs, string path)
    {
        await using var host = await StartAsync(path);
        var run = new EndToEnd(jobs);
        await run.RunAsync(host);
        var (times, costs) = (new List<double>(), new List<double>());
        for (var block = 0; block < Blocks; block++)
        {
            var first = await run.RunAsync(host);
            var (second, third) = await WithDashboardsAsync(host, run);
            var fourth = await run.RunAsync(host);
            times.AddRange([first.Value / second.Value, fourth.Value / third.Value]);
            costs.AddRange([CpuOf(second) / CpuOf(first), CpuOf(third) / CpuOf(fourth)]);
        }

        Console.WriteLine($"  {Dashboards} dashboards: time of a job {Percent(times):+0.0;-0.0} %, CPU of a job {Percent(costs):+0.0;-0.0} % (medians of {times.Count} pairs)");
        return new Figure(Percent(times));
    }

    private static async Task<(Figure First, Figure Second)> WithDashboardsAsync(WebApplication host, EndToEnd run)
    {
        await using var open = await OpenDashboards.OpenAsync(new Uri(host.Urls.Single()), Dashboards);
        var figures = (await run.RunAsync(host), await run.RunAsync(host));
        return open.Bytes > 0 ? figures : throw new InvalidOperationException("The dashboards were told nothing.");
    }

    private static double CpuOf(Figure figure) => figure.Cost!.CpuMicroseconds;

    private static double Percent(List<double> ratios) => (ratios.Order().ElementAt(ratios.Count / 2) - 1) * 100;

    private static async Task<WebApplication> StartAsync(string path)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton<NoopCounter>();
        builder.Services.AddOrleansJobsApi();
        builder.Services.AddOrleansJobs(BenchHost.AddNoop).UseEmbedded(path);
        var app = builder.Build();
        app.MapOrleansJobsApi();
        await app.StartAsync();
        return app;
    }
}
