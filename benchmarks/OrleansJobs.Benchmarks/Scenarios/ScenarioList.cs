using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using OrleansJobs.TestKit;

namespace OrleansJobs.Benchmarks.Scenarios;

/// <summary>The scenarios, with the PostgreSQL server that some of them share.</summary>
internal sealed class ScenarioList : IAsyncDisposable
{
    /// <summary>Jobs of a run on the plain provider, as a part of the others': it is that much slower.</summary>
    private const int PlainPart = 10;

    private readonly PostgresServer _postgres;

    private ScenarioList(PostgresServer postgres, IEnumerable<string> names)
    {
        _postgres = postgres;
        Chosen = [.. All().Where(scenario => names.Contains(scenario.Name))];
    }

    public static IReadOnlyList<string> Names { get; } = ["e2e", "e2e-adonet"];

    public IReadOnlyList<Scenario> Chosen { get; }

    public static async Task<ScenarioList> CreateAsync(IEnumerable<string> names) => new(await PostgresServer.StartAsync(), names);

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    private IEnumerable<Scenario> All() =>
    [
        new("e2e", "postgres", jobs => Stores.WithPostgresAsync(_postgres, store => RunAsync(store, jobs))),
        new("e2e", "sqlite", jobs => Stores.WithSqliteAsync(store => RunAsync(store, jobs))),
        new("e2e-adonet", "postgres", jobs => Stores.WithPlainAdoNetAsync(_postgres, store => RunAsync(store, jobs / PlainPart))),
    ];

    private static async Task<double> RunAsync(Action<ISiloBuilder> store, int jobs)
    {
        using var host = await BenchHost.StartAsync(store);
        var figure = await new EndToEnd(jobs).RunAsync(host);
        await host.StopAsync();
        return figure;
    }
}
