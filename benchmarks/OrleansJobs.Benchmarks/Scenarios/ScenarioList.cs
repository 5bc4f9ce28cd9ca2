using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
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

    /// <summary>The name of PostgreSQL among the stores.</summary>
    public const string Postgres = "postgres";

    private readonly StoreScenarios _stores;
    private PostgresServer? _server;

    private ScenarioList(IReadOnlyCollection<string> names)
    {
        _stores = new StoreScenarios(() => Server);
        Chosen = [.. All().Concat(_stores.All()).Where(scenario => names.Contains(scenario.Name))];
    }

    /// <summary>What is run unless something is chosen.</summary>
    public static IReadOnlyList<string> Standard { get; } = [EndToEnd, Plain];

    /// <summary>All that can be chosen.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Standard, .. StoreScenarios.Names];

    public IReadOnlyList<Scenario> Chosen { get; }

    private PostgresServer Server => _server ?? throw new InvalidOperationException("The PostgreSQL server was not started.");

    /// <summary>The chosen scenarios, ready to run.</summary>
    /// <exception cref="PostgresMissingException">One needs PostgreSQL, and there is none.</exception>
    public static async Task<ScenarioList> CreateAsync(IReadOnlyCollection<string> names)
    {
        var list = new ScenarioList(names);
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
        new(EndToEnd, Postgres, jobs => Stores.WithPostgresAsync(Server, store => RunAsync(store, jobs))),
        new(EndToEnd, "sqlite", jobs => Stores.WithSqliteAsync(store => RunAsync(store, jobs))),
        new(Plain, Postgres, jobs => Stores.WithPlainAdoNetAsync(Server, store => RunAsync(store, jobs / PlainPart))),
    ];

    private static async Task<double> RunAsync(Action<ISiloBuilder> store, int jobs)
    {
        using var host = await BenchHost.StartAsync(store);
        var figure = await new EndToEnd(jobs).RunAsync(host);
        await host.StopAsync();
        return figure;
    }
}
