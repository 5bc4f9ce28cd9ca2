using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using OrleansJobs.Benchmarks.Reporting;
using OrleansJobs.Benchmarks.Scenarios.Dashboards;
using OrleansJobs.Benchmarks.Scenarios.Pages;
using OrleansJobs.Benchmarks.Scenarios.Storage;
using OrleansJobs.TestKit;

namespace OrleansJobs.Benchmarks.Scenarios;

/// <summary>The chosen scenarios, with the PostgreSQL server that some of them share.</summary>
internal sealed class ScenarioList : IAsyncDisposable
{
    /// <summary>Jobs of a run on the plain provider, as a part of the others': it is that much slower.</summary>
    public const int PlainPart = 10;

    /// <summary>The end-to-end path on the grid's own storage.</summary>
    public const string EndToEnd = "e2e";

    /// <summary>The same path with the jobs' state on the plain AdoNet provider.</summary>
    public const string Plain = "e2e-adonet";

    /// <summary>PostgreSQL, among the stores.</summary>
    public const string Postgres = "postgres";

    /// <summary>SQLite, among the stores.</summary>
    public const string Sqlite = "sqlite";

    /// <summary>One silo, among the engines.</summary>
    public const string Orleans = "orleans";

    /// <summary>One process without a cluster, among the engines.</summary>
    public const string Embedded = "embedded";

    private readonly StoreScenarios _stores;
    private PostgresServer? _server;

    private ScenarioList(Choice choice)
    {
        _stores = new StoreScenarios(() => Server);
        Chosen = [.. All().Concat(_stores.All()).Concat(new PagesScenarios(() => Server).All()).Where(choice.Includes)];
    }

    /// <summary>What is run unless something is chosen.</summary>
    public static IReadOnlyList<string> Standard { get; } = [EndToEnd, Plain];

    /// <summary>All that can be chosen.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Standard, .. StoreScenarios.Names, .. PagesScenarios.Names, DashboardCost.Name];

    public IReadOnlyList<Scenario> Chosen { get; }

    private PostgresServer Server => _server ?? throw new InvalidOperationException("The PostgreSQL server was not started.");

    /// <summary>The chosen scenarios, ready to run.</summary>
    /// <exception cref="PostgresMissingException">One needs PostgreSQL, and there is none.</exception>
    public static async Task<ScenarioList> CreateAsync(Choice choice)
    {
        var list = new ScenarioList(choice);
        if (list.Chosen.Any(scenario => scenario.Store == Postgres))
        {
            list._server = PostgresServer.WhyUnavailable is { } why ? throw new PostgresMissingException(why) : await PostgresServer.StartAsync();
        }

        return list;
    }

    public async ValueTask DisposeAsync()
    {
        await _stores.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private IEnumerable<Scenario> All() =>
    [
        new(EndToEnd, Embedded, Sqlite, jobs => Stores.WithSqliteAsync(path => RunAsync(BenchHost.Embedded(grid => grid.UseEmbedded(path)), jobs))),
        new(EndToEnd, Embedded, Postgres, jobs => Stores.WithPostgresAsync(
            Server, database => RunAsync(BenchHost.Embedded(grid => grid.UsePostgresJobs(database).UseEmbedded()), jobs))),
        new(EndToEnd, Orleans, Sqlite, jobs => Stores.WithSqliteAsync(path => RunAsync(BenchHost.Silo(grid => grid.UseSqliteJobs(path)), jobs))),
        new(EndToEnd, Orleans, Postgres, jobs => Stores.WithPostgresAsync(
            Server, database => RunAsync(BenchHost.Silo(grid => grid.UsePostgresJobs(database)), jobs))),
        new(Plain, Orleans, Postgres, jobs => Stores.WithPostgresAsync(
            Server, database => RunAsync(BenchHost.Silo(grid => grid.UsePostgresJobs(database), silo => silo.UsePlainAdoNet(database)), jobs / PlainPart))),
        new(DashboardCost.Name, Embedded, Sqlite, jobs => Stores.WithSqliteAsync(
            path => DashboardCost.RunAsync(WebBenchHost.Embedded(grid => grid.UseEmbedded(path)), jobs))) { Unit = "%" },
        new(DashboardCost.Name, Orleans, Sqlite, jobs => Stores.WithSqliteAsync(
            path => DashboardCost.RunAsync(WebBenchHost.Silo(grid => grid.UseSqliteJobs(path)), jobs))) { Unit = "%" },
    ];

    private static async Task<Figure> RunAsync(IHost built, int jobs)
    {
        using var host = built;
        await host.StartAsync();
        var figure = await new EndToEnd(jobs).RunAsync(host);
        await host.StopAsync();
        return figure;
    }
}
