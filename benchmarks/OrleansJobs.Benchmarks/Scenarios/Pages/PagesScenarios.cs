using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Benchmarks.Reporting;
using OrleansJobs.Storage;
using OrleansJobs.Postgres;
using OrleansJobs.Sqlite;
using OrleansJobs.TestKit;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Benchmarks.Scenarios.Pages;

/// <summary>The first answers of the dashboard's pages over HTTP, on a store with many jobs. The figure is the slowest page's 95th percentile.</summary>
internal sealed class PagesScenarios(Func<PostgresServer> server)
{
    private static readonly (string Name, int Jobs)[] Sizes = [("pages-20k", 20_000), ("pages-2m", 2_000_000)];

    public static IReadOnlyList<string> Names { get; } = [.. Sizes.Select(size => size.Name)];

    public IEnumerable<Scenario> All() => Sizes.SelectMany(size => (Scenario[])
    [
        new(size.Name, ScenarioList.Embedded, ScenarioList.Sqlite, _ => Stores.WithSqliteAsync(path => RunAsync(
            size.Jobs, new SqliteJobStore(new(path), NullLogger<SqliteJobStore>.Instance, TimeProvider.System), grid => grid.UseEmbedded(path)))) { Unit = "ms" },
        new(size.Name, ScenarioList.Embedded, ScenarioList.Postgres, _ => Stores.WithPostgresAsync(server(), database => RunAsync(
            size.Jobs, new PostgresJobStore(new(database), NullLogger<PostgresJobStore>.Instance, TimeProvider.System), grid => grid.UsePostgresJobs(database).UseEmbedded()))) { Unit = "ms" },
    ]);

    /// <exception cref="PagesTooSlowException">A page took longer than <see cref="PageTimes.Limit"/>.</exception>
    private static async Task<Figure> RunAsync(int jobs, IJobStore store, Action<JobGridBuilder> use)
    {
        var watch = Stopwatch.StartNew();
        await using (store)
        {
            await store.InitializeAsync();
            await PagesFill.FillAsync(store, jobs);
        }

        Console.WriteLine($"  {jobs:N0} jobs in {watch.Elapsed.TotalSeconds:0} s");
        await using var host = await PagesHost.StartAsync(use);
        var worst = await PageTimes.MeasureAsync(host.Client, await PageRoutes.ReadAsync(host.Client));
        return worst < PageTimes.Limit.TotalMilliseconds
            ? new Figure(worst)
            : throw new PagesTooSlowException($"A page took {worst:0} ms at the 95th percentile; allowed are {PageTimes.Limit.TotalMilliseconds:0} ms.");
    }
}
