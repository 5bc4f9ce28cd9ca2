using OrleansJobs.Simulation;
using OrleansJobs.Simulation.Chronicle;

var watch = System.Diagnostics.Stopwatch.StartNew();
long steps = 0, hist = 0, jobs = 0, open = 0;
var n = int.Parse(args[0]);
var k = args.Length > 1 ? ulong.Parse(args[1]) : 1;
for (var i = 0UL; i < (ulong)n; i++)
{
    var run = Simulator.Of(k + i);
    steps += run.Steps; hist += run.History.Count; jobs += run.Jobs;
    var o = run.Rows.Count(r => r.State < OrleansJobs.JobState.Succeeded && r.DueAt < run.EndedAt + TimeSpan.FromHours(2));
    open += o;
    if (o > 0) Console.WriteLine($"seed {k + i}: {o} open, calm {run.Scenario.Faults.IsCalm}");
    if (OrleansJobs.Simulation.Checkers.AllCheckers.FirstViolation(run) is { } found)
    {
        Console.WriteLine(n == 1 ? FailureReport.Of(run, found.Checker, found.Violation) : $"seed {k + i} calm {run.Scenario.Faults.IsCalm}: {found.Checker.Name} {found.Violation.Words} at {History.Show(found.Violation.At)} job {found.Violation.Job} class {found.Violation.JobClass}");
    }
    if (n == 1 && args.Length > 2) foreach (var e in run.History) if ((e.About?.ToString() ?? e.Class ?? "").Contains(args[2]) || (e.Class == args[2] && e is Granted or HandlerBegan or HandlerReturned)) Console.WriteLine(History.Line(e) + " " + e.About);
}
Console.WriteLine($"{n} seeds {steps} steps {hist} events {jobs} jobs {open} open {watch.Elapsed.TotalSeconds} s");
