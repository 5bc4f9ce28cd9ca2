using System.CommandLine;
using System.Text.Json;
using OrleansJobs.Benchmarks.Reporting;
using OrleansJobs.Benchmarks.Scenarios;

namespace OrleansJobs.Benchmarks;

/// <summary>The command line: which scenarios, how often, where to.</summary>
internal static class BenchmarkCommand
{
    private const int DefaultRuns = 3;
    private const int DefaultJobs = 60_000;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Task<int> RunAsync(string[] args)
    {
        var names = new Argument<string[]>("scenario")
        {
            Description = "Scenarios to run; all if none is given.",
            DefaultValueFactory = _ => [.. ScenarioList.Names],
        };
        names.AcceptOnlyFromAmong([.. ScenarioList.Names]);
        var json = new Option<FileInfo?>("--json") { Description = "Write the figures to this file, as a JSON array." };
        var runs = new Option<int>("--runs") { Description = "Runs of each scenario.", DefaultValueFactory = _ => DefaultRuns };
        var jobs = new Option<int>("--jobs") { Description = "Jobs of a run.", DefaultValueFactory = _ => DefaultJobs };
        var command = new RootCommand("Measures the throughput of the job grid.") { names, json, runs, jobs };
        command.SetAction(result => MeasureAsync(
            result.GetRequiredValue(names), result.GetValue(json), result.GetValue(runs), result.GetValue(jobs)));
        return command.Parse(args).InvokeAsync();
    }

    private static async Task<int> MeasureAsync(string[] names, FileInfo? json, int runs, int jobs)
    {
        await using var scenarios = await ScenarioList.CreateAsync(names);
        var figures = new Dictionary<Scenario, List<double>>();
        for (var run = 1; run <= runs; run++)
        {
            foreach (var scenario in scenarios.Chosen)
            {
                var figure = await scenario.RunAsync(jobs);
                figures.TryAdd(scenario, []);
                figures[scenario].Add(figure);
                Console.WriteLine($"{scenario.Name,-12} {scenario.Store,-9} run {run}: {figure,10:N0} jobs/s");
            }
        }

        var measurements = figures.Select(entry => Measurement.Of(entry.Key.Name, entry.Key.Store, entry.Value)).ToList();
        Print(measurements);
        if (json is not null)
        {
            await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(measurements, Json));
        }

        return 0;
    }

    private static void Print(IReadOnlyList<Measurement> measurements)
    {
        foreach (var figure in measurements)
        {
            Console.WriteLine(
                $"{figure.Scenario,-12} {figure.Store,-9} median {figure.Median,10:N0} {figure.Unit} (min {figure.Min:N0}, max {figure.Max:N0}, {figure.Runs} runs)");
        }

        var fast = measurements.FirstOrDefault(figure => figure is { Scenario: "e2e", Store: "postgres" });
        var plain = measurements.FirstOrDefault(figure => figure.Scenario == "e2e-adonet");
        if (fast is not null && plain is not null)
        {
            Console.WriteLine($"e2e on PostgreSQL is {fast.Median / plain.Median:0.0} times e2e-adonet.");
        }
    }
}
