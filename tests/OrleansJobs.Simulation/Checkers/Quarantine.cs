using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Simulation.Chronicle;

namespace OrleansJobs.Simulation.Checkers;

/// <summary>
/// A job that ends its silos is found within few crashes, and no other is convicted for them. What is alone according to the store is alone on
/// its silo; only such a job is convicted.
/// </summary>
internal sealed class Quarantine : IChecker
{
    /// <summary>Attempts of jobs that end silos: more than are allowed to them.</summary>
    public const int MaxAttempts = 60;

    /// <summary>Attempts of jobs that run beside such.</summary>
    public const int MaxAttemptsBeside = 15;

    /// <summary>Crashes until a job that ends its silos is found, where nothing else goes wrong.</summary>
    public const int CrashesToConvict = JobLimits.AloneSiloLosses + 1;

    public string Name => nameof(Quarantine);

    public string Invariant => "A job that ends its silos is dead-lettered within few crashes, and no job is for what another does.";

    public IEnumerable<Violation> Check(Run run) => [.. Loneliness(run), .. Convictions(run), .. Crashes(run)];

    /// <summary>Nothing runs beside an attempt that is stored as running alone.</summary>
    private static IEnumerable<Violation> Loneliness(Run run)
    {
        var rows = new Dictionary<JobId, JobRecord>();
        var running = new Dictionary<(JobId, long), HandlerBegan>();
        var silos = new SiloWatch();
        foreach (var happened in run.History)
        {
            silos.See(happened);
            switch (happened)
            {
                case Stored write:
                    rows[write.Row.Id] = write.Row;
                    break;
                case HandlerReturned returned:
                    running.Remove((returned.Job, returned.Token));
                    break;
                case HandlerBegan began:
                    running[(began.Job, began.Token)] = began;
                    var here = running.Values.Where(other => other.Actor == began.Actor).ToList();
                    if (here.Count > 1 && here.Find(one => IsAlone(rows.GetValueOrDefault(one.Job), one)) is { } alone)
                    {
                        yield return new Violation($"{here.Count} handlers run on {began.Actor}, where {alone.Job} runs alone", began.At, began.Job, began.JobClass);
                    }

                    break;
            }
        }
    }

    private static bool IsAlone(JobRecord? row, HandlerBegan handler) =>
        row is { RunsAlone: true } && row.LeaseToken == handler.Token && row.Silo == handler.Actor;

    /// <summary>Who is convicted ran alone, and its silo was not ended by another.</summary>
    private static IEnumerable<Violation> Convictions(Run run)
    {
        var rows = new Dictionary<JobId, JobRecord>();
        var ended = new Dictionary<string, JobId>(StringComparer.Ordinal);
        foreach (var happened in run.History)
        {
            if (happened is SiloEnded end)
            {
                ended[end.Actor] = end.Job;
            }

            if (happened is not Stored { Row: var row })
            {
                continue;
            }

            if (rows.GetValueOrDefault(row.Id) is { State: JobState.Running } before && row is { State: JobState.DeadLettered, LastError.Type: JobError.EndsItsSilo or JobError.SiloLost })
            {
                if (row.LastError.Type == JobError.EndsItsSilo ? !before.RunsAlone : row.Attempt < row.MaxAttempts)
                {
                    yield return new Violation("the job is dead-lettered for the loss of a silo on which it was not alone", happened.At, row.Id, row.JobClass);
                }
                else if (row.LastError.Type == JobError.EndsItsSilo && ended.GetValueOrDefault(before.Silo!, row.Id) != row.Id)
                {
                    yield return new Violation($"the job is dead-lettered for what {ended[before.Silo!]} did", happened.At, row.Id, row.JobClass);
                }
            }

            rows[row.Id] = row;
        }
    }

    /// <summary>
    /// How many silos a job ends in one life. Those that also ran beside another that was found first are no count against it, and faults may
    /// hide what it did; both give it more.
    /// </summary>
    private static IEnumerable<Violation> Crashes(Run run)
    {
        var killers = run.History.OfType<SiloEnded>().Select(end => end.Job).Distinct().Count();
        var allowed = CrashesToConvict * killers * (run.Scenario.Faults.Kinds.Count == 0 ? 1 : 3);
        var crashes = new Dictionary<JobId, int>();
        foreach (var happened in run.History)
        {
            if (happened is Stored { Cause: "RetryNow" } revived)
            {
                crashes.Remove(revived.Row.Id);
            }
            else if (happened is SiloEnded end && (crashes[end.Job] = crashes.GetValueOrDefault(end.Job) + 1) > allowed)
            {
                yield return new Violation($"the job has ended {crashes[end.Job]} silos; {allowed} are allowed", end.At, end.Job, end.JobClass);
            }
        }
    }
}
