using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OrleansJobs.Benchmarks.Reporting;
using OrleansJobs.Benchmarks.Scenarios;
using OrleansJobs.Benchmarks.Scenarios.Pages;

namespace OrleansJobs.Benchmarks;

/// <summary>The command line: which scenarios, how often, where to.</summary>
internal static class BenchmarkCommand
{
    private const int DefaultRuns = 3;
    private const int DefaultJobs = 60_000;

    /// <summary>Fewer end before the pool is at its speed, and say nothing.</summary>
    private const int LeastJobs = 1_000;

    private const int Done = 0;
    private const int Failed = 1;
    private const int Usage = 2;
    private const int NoPostgres = 3;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Command().Parse(args);
        var status = await parsed.InvokeAsync();
        return parsed.Errors.Count > 0 ? Usage : status;
    }

    private static RootCommand Command()
    {
        var names = new Argument<string[]>("scenario")
        {
            Description = "Scenarios to run; those from submit to ack if none is given.",
            DefaultValueFactory = _ => [.. ScenarioList.Standard],
        };
        names.AcceptOnlyFromAmong([.. ScenarioList.Names]);
        var json = new Option<FileInfo?>("--json") { Description = "Write the figures to this file, as a JSON array." };
        var engine = Only("--engine", "Only on this engine.", ScenarioList.Orleans, ScenarioList.Embedded);
        var store = Only("--store", "Only on this store.", ScenarioList.Postgres, ScenarioList.Sqlite);
        var runs = Count("--runs", "Runs of each scenario", lowest: 1, DefaultRuns);
        var jobs = Count("--jobs", "Jobs of a run", LeastJobs, DefaultJobs);
        var command = new RootCommand("Measures the throughput of the job grid.") { names, engine, store, json, runs, jobs };
        command.SetAction(result => TryMeasureAsync(
            new Choice(result.GetRequiredValue(names), result.GetValue(engine), result.GetValue(store)),
            result.GetValue(json), result.GetValue(runs), result.GetValue(jobs)));
        return command;
    }

    private static Option<string?> Only(string name, string what, params string[] values)
    {
        var option = new Option<string?>(name) { Description = what };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static Option<int> Count(string name, string what, int lowest, int standard)
    {
        var option = new Option<int>(name) { Description = $"{what}, at least {lowest}.", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            // What is no number is refused already.
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && value < lowest)
            {
                result.AddError($"{name} is {value}; it has to be at least {lowest}.");
            }
        });
        return option;
    }

    private static async Task<int> TryMeasureAsync(Choice choice, FileInfo? json, int runs, int jobs)
    {
        try
        {
            await MeasureAsync(choice, json, runs, jobs);
            return Done;
        }
        catch (PostgresMissingException missing)
        {
            await Console.Error.WriteLineAsync(missing.Message);
            return NoPostgres;
        }
        catch (PagesTooSlowException slow)
        {
            await Console.Error.WriteLineAsync(slow.Message);
            return Failed;
        }
    }

    private static async Task MeasureAsync(Choice choice, FileInfo? json, int runs, int jobs)
    {
        await using var scenarios = await ScenarioList.CreateAsync(choice);
        Explain(scenarios, jobs);
        var figures = new Dictionary<Scenario, List<Figure>>();
        for (var run = 1; run <= runs; run++)
        {
            foreach (var scenario in scenarios.Chosen)
            {
                var figure = await scenario.RunAsync(jobs);
                figures.TryAdd(scenario, []);
                figures[scenario].Add(figure);
                Console.WriteLine($"{scenario.Name,-15} {scenario.Engine,-9} {scenario.Store,-9} run {run}: {figure.Value,10:N0} {scenario.Unit} {figure.CostColumns}".TrimEnd());
            }
        }

        var measurements = figures.Select(entry => Measurement.Of(entry.Key, entry.Value)).ToList();
        Print(measurements);
        if (json is not null)
        {
            await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(measurements, Json));
        }
    }

    private static void Explain(ScenarioList scenarios, int jobs)
    {
        if (scenarios.Chosen.Any(scenario => scenario.Name == ScenarioList.Plain))
        {
            var plain = jobs / ScenarioList.PlainPart;
            Console.WriteLine(
                $"{ScenarioList.Plain} is slower and runs {plain} jobs after {plain / 2} to warm up; the others {jobs} after {jobs / 2}: the same share.");
        }
    }

    private static void Print(IReadOnlyList<Measurement> measurements)
    {
        foreach (var figure in measurements)
        {
            Console.WriteLine(
                $"{figure.Scenario,-15} {figure.Engine,-9} {figure.Store,-9} median {figure.Median,10:N0} {figure.Unit} (min {figure.Min:N0}, max {figure.Max:N0}, {figure.Runs} runs) {figure.CostColumns}".TrimEnd());
        }

        var fast = measurements.FirstOrDefault(figure => figure is { Scenario: ScenarioList.EndToEnd, Engine: ScenarioList.Orleans, Store: ScenarioList.Postgres });
        var plain = measurements.FirstOrDefault(figure => figure.Scenario == ScenarioList.Plain);
        if (fast is not null && plain is not null)
        {
            Console.WriteLine($"e2e on PostgreSQL is {fast.Median / plain.Median:0.0} times e2e-adonet.");
        }
    }
}
