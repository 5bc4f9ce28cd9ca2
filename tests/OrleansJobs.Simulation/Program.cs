using System.Diagnostics;
using System.Globalization;
using OrleansJobs.Simulation;
using OrleansJobs.Simulation.Checkers;
using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Mutations;

const int Done = 0, Failed = 1, Usage = 2, ShownFailures = 3;
var (seeds, first, verbose, mutations, only) = (1_000, 1UL, false, false, "");
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--seeds" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out seeds) && seeds > 0:
            i++;
            break;
        case "--seed" when i + 1 < args.Length && args[i + 1] == "today":
            (first, i) = (SeedOfTheDay.First(null, DateTimeOffset.UtcNow), i + 1);
            break;
        case "--seed" when i + 1 < args.Length && ulong.TryParse(args[i + 1], CultureInfo.InvariantCulture, out first):
            i++;
            break;
        case "--verbose":
            verbose = true;
            break;
        case "--mutations":
            mutations = true;
            break;
        case "--only" when i + 1 < args.Length:
            (mutations, only) = (true, args[++i]);
            break;
        default:
            await Console.Error.WriteLineAsync($"simulate: '{args[i]}' is no option, or its value is missing or out of range (--seeds from 1, --seed from 0, or today)");
            return Usage;
    }
}

return mutations ? TryMutations() : RunSeeds();

int RunSeeds()
{
    var watch = Stopwatch.StartNew();
    if (verbose && seeds == 1)
    {
        foreach (var happened in Simulator.Of(first).History)
        {
            Console.WriteLine($"{History.Line(happened)}{(happened.About is { } job ? $"  [{job}]" : "")}");
        }

        Console.WriteLine();
    }

    var step = Math.Max(1, seeds / 10);
    var summary = Campaign.Run(first, seeds, done =>
    {
        if (done % step == 0 && (verbose || seeds > 1))
        {
            Console.WriteLine($"{done,8} of {seeds} seeds, {watch.Elapsed.TotalSeconds:0.0} s");
        }
    });
    foreach (var report in summary.Failures.Values.Take(verbose ? int.MaxValue : ShownFailures))
    {
        Console.WriteLine();
        Console.WriteLine(report);
    }

    Tell(summary, watch.Elapsed);
    return summary.Failures.Count == 0 ? Done : Failed;
}

void Tell(Summary summary, TimeSpan time)
{
    Console.WriteLine();
    Console.WriteLine($"seeds      {summary.Seeds} from {first} on");
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"events     {summary.Steps:N0} in {summary.VirtualTime.TotalHours:0.0} h of virtual time"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"jobs       {summary.Jobs:N0} in {summary.Attempts:N0} attempts"));
    foreach (var (kind, count) in summary.Faults)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"faults     {count,9:N0} {kind}"));
    }

    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"wall time  {time.TotalSeconds:0.0} s on {Environment.ProcessorCount} cores, {summary.Seeds / time.TotalSeconds:0} seeds/s"));
    Console.WriteLine(summary.Failures.Count == 0
        ? $"no violation of {AllCheckers.List.Count} invariants"
        : $"VIOLATIONS in {summary.Failures.Count} seeds: {string.Join(", ", summary.Failures.Keys)}");
}

int TryMutations()
{
    var compiler = new MutantCompiler(MutantCompiler.FindRoot(AppContext.BaseDirectory));
    var tried = AllMutations.List.Where(mutation => mutation.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).ToList();
    var results = MutationTable.TryAll(tried, compiler);
    Console.WriteLine(MutationTable.Heading);
    foreach (var result in results)
    {
        Console.WriteLine(MutationTable.Row(result));
    }

    var caught = results.Count(result => result.IsCaught);
    Console.WriteLine($"{caught} of {results.Count} mutations caught within {MutationTable.Budget} seeds");
    return caught == results.Count ? Done : Failed;
}
