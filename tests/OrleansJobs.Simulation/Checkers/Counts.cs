using OrleansJobs.Core.Dispatch;
using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;
using OrleansJobs.Simulation.Workload;

namespace OrleansJobs.Simulation.Checkers;

/// <summary>I9: what is counted as jobs move is what a recount finds when all has come to rest.</summary>
internal sealed class Counts : IChecker
{
    public string Name => nameof(Counts);

    public string Invariant => "I9: counts and rates shown are kept as jobs move, and are right.";

    public IEnumerable<Violation> Check(Run run) => run.Scenario.Classes.SelectMany(plan => Differences(run, plan)
        .Select(words => new Violation($"{plan.Name}: {words}", run.EndedAt, JobClass: plan.Name)));

    private static IEnumerable<string> Differences(Run run, ClassPlan plan)
    {
        foreach (var (state, counted) in run.Counts[plan.Name])
        {
            var there = run.Rows.Count(row => row.JobClass == plan.Name && row.State == state);
            if (there != counted)
            {
                yield return $"the store counts {counted} {state} jobs, and has {there}";
            }
        }

        if (run.Dispatchers.TryGetValue(plan.Name, out var status))
        {
            foreach (var words in OfDispatcher(run, plan, status).Where(figure => figure.Shown < figure.Least || figure.Shown > figure.Most)
                .Select(figure => $"the dispatcher shows {figure.Shown} {figure.What}, and there are {figure.Least} to {figure.Most}"))
            {
                yield return words;
            }
        }
    }

    private static IEnumerable<(string What, long Shown, long Least, long Most)> OfDispatcher(Run run, ClassPlan plan, DispatcherStatus status)
    {
        var rows = run.Rows.Where(row => row.JobClass == plan.Name).ToList();
        long running = rows.Count(row => row.State == JobState.Running);
        long waiting = rows.Count(row => row.State < JobState.Succeeded && row.State != JobState.Running);
        long due = rows.Count(row => row.State < JobState.Succeeded && row.State != JobState.Running && row.DueAt <= run.EndedAt);
        yield return ("running", status.Running, running, running);
        yield return ("due", status.Waiting, 0, due);

        // Amid faults a cancel may be stored and its notice lost; the dispatcher finds out when the job is due.
        var toCome = waiting - due;
        yield return ("to come", status.NotDue, toCome > run.Scenario.Options.DueWindow / 2 ? 0 : toCome, run.Scenario.IsCalm ? toCome : run.Jobs);
        yield return ("due scheduled", status.DueScheduled, 0, due);
        yield return ("due retrying", status.DueRetrying, 0, due);

        // Starts and failures of which the dispatcher may have heard; in a run without faults it has heard of all.
        var since = status.Since - Times.CallTimeout - Times.LeaseTimeout;
        long started = Writes(run, plan, since, "Start");
        long failed = Writes(run, plan, since, "Fail");
        yield return ("started", status.Started, run.Scenario.IsCalm ? started : 0, started);
        yield return ("failed", status.Failed, run.Scenario.IsCalm ? failed : 0, failed);
    }

    private static long Writes(Run run, ClassPlan plan, DateTimeOffset since, string cause) =>
        run.History.OfType<Stored>().Count(write => write.Cause == cause && write.Row.JobClass == plan.Name && write.At >= since);
}
