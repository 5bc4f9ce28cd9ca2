using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Checkers;

/// <summary>I7: dead silos are replaced and live ones respected; a cancel is heeded; and once the faults are over, everything that can end ends.</summary>
internal sealed class Liveness : IChecker
{
    /// <summary>From membership's verdict until the jobs of the dead silo can run again.</summary>
    private static readonly TimeSpan TakenBackWithin = TimeSpan.FromSeconds(8);

    /// <summary>From membership's verdict until every silo knows of it.</summary>
    private static readonly TimeSpan KnownWithin = TimeSpan.FromSeconds(1);

    /// <summary>From the answer to a cancel until its attempt is asked to stop.</summary>
    private static readonly TimeSpan HeededWithin = Times.RenewPeriod + TimeSpan.FromSeconds(1);

    /// <summary>From the time that a job is due until it has ended or waits for its next attempt, once the faults are over.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMinutes(1);

    public string Name => nameof(Liveness);

    public string Invariant =>
        "I7: a dead silo's jobs run again within seconds of the membership's verdict, a live silo's are not taken from it, and all runnable jobs end.";

    public IEnumerable<Violation> Check(Run run) => [.. Ends(run), .. Taken(run), .. TakenBack(run), .. LeasesOfTheDead(run), .. Cancels(run)];

    private static IEnumerable<Violation> Ends(Run run)
    {
        if (run.Steps == World.MaxSteps)
        {
            yield return new Violation($"the grid does not come to rest: {run.Steps} events by {History.Show(run.EndedAt)} s", run.EndedAt);
            yield break;
        }

        if (run.Unanswered > 0)
        {
            yield return new Violation($"{run.Unanswered} calls of clients were never answered", run.EndedAt);
        }

        foreach (var row in run.Rows.Where(row => row.State < JobState.Succeeded && row.DueAt < run.EndedAt - EndsWithin))
        {
            yield return new Violation(
                $"the job is still {row.State} {(run.EndedAt - World.Beginning).TotalSeconds:0} s after the beginning, long after the faults were over",
                run.EndedAt, row.Id, row.JobClass);
        }
    }

    /// <summary>A lease that was expired while its handler ran needs a reason: its silo, or the way to it, was in trouble not long before.</summary>
    private static IEnumerable<Violation> Taken(Run run)
    {
        var silos = new SiloWatch();
        var running = new HashSet<(JobId, long)>();
        var troubled = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var allTroubled = World.Beginning - TimeSpan.FromDays(1);
        foreach (var (write, before, happened) in WithWrites(run))
        {
            switch (happened)
            {
                case SiloEvent { Change: not SiloChange.Started } silo:
                    allTroubled = silo.At;
                    silos.See(silo);

                    // A cable that is mended does not raise the dead.
                    troubled[silo.Actor] = !silos.IsGone(silo.Actor) && silo.Change is (SiloChange.Thawed or SiloChange.Reconnected) ? silo.At : DateTimeOffset.MaxValue;
                    break;
                case MessageFault or StoreFault or Duplicated or DispatcherLife:
                    allTroubled = happened.At;
                    break;
                case HandlerBegan began:
                    running.Add((began.Job, began.Token));
                    break;
                case HandlerStopped stopped:
                    running.Remove((stopped.Job, stopped.Token));
                    break;
                case HandlerReturned returned:
                    running.Remove((returned.Job, returned.Token));
                    break;
            }

            if (write is { Cause: "Expire" } && before is { Silo: { } holder } && running.Contains((before.Id, before.LeaseToken))
                && Max(allTroubled, troubled.GetValueOrDefault(holder)) < write.At - Times.LeaseTimeout - Times.CallTimeout)
            {
                yield return new Violation($"the job was taken from {holder}, which was alive and had no trouble", write.At, write.Row.Id, write.Row.JobClass);
            }
        }
    }

    private static IEnumerable<(Stored? Write, JobRecord? Before, HistoryEvent Happened)> WithWrites(Run run)
    {
        var rows = new Dictionary<JobId, JobRecord>();
        foreach (var happened in run.History)
        {
            var write = happened as Stored;
            yield return (write, write is null ? null : rows.GetValueOrDefault(write.Row.Id), happened);
            if (write is not null)
            {
                rows[write.Row.Id] = write.Row;
            }
        }
    }

    /// <summary>What ran on a silo when it was declared dead, in a grid that is otherwise well.</summary>
    private static IEnumerable<Violation> TakenBack(Run run)
    {
        var running = new Dictionary<JobId, JobRecord>();
        var silos = new SiloWatch();
        var owed = new List<(JobRecord Row, DateTimeOffset Since)>();
        var dispatchers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (write, _, happened) in WithWrites(run))
        {
            var hadSilo = silos.HasAwake;
            silos.See(happened);
            if (!hadSilo)
            {
                // Where no silo is up, or all that are have frozen, nobody can take anything back: what is owed is owed by the first that comes.
                owed = [.. owed.Select(debt => (debt.Row, Max(debt.Since, happened.At)))];
            }

            if (hadSilo && (happened is MessageFault or StoreFault or Duplicated || (happened is SiloEvent other && IsBlow(other))))
            {
                // What was owed is delayed by as much as the blow needs to wear off; that a silo is dead may be a blow to who had to take back another's.
                owed = [.. owed.Select(debt => (debt.Row, happened.At + Times.LeaseTimeout))];
            }

            if (happened is SiloEvent { Change: SiloChange.DeclaredDead } dead)
            {
                owed.AddRange(running.Values.Where(row => row.Silo == dead.Actor).Select(row => (row, happened.At)));
            }

            if (happened is DispatcherLife { Begins: true } life)
            {
                dispatchers[life.JobClass] = life.Actor;
            }

            // While its dispatcher is frozen, nobody takes anything back; membership's verdict on that one is the blow that ends it.
            foreach (var (row, since) in owed.Where(debt => debt.Since + TakenBackWithin < happened.At
                && !(dispatchers.TryGetValue(debt.Row.JobClass, out var dispatcher) && silos.IsFrozen(dispatcher))))
            {
                yield return new Violation(
                    $"the job ran on {row.Silo}, which was declared dead, and is still not taken back {(happened.At - since).TotalSeconds:0} s after it could have been",
                    happened.At, row.Id, row.JobClass);
                yield break;
            }

            if (write is not null)
            {
                owed.RemoveAll(debt => debt.Row.Id == write.Row.Id);
                running.Remove(write.Row.Id);
                if (write.Row.State == JobState.Running)
                {
                    running[write.Row.Id] = write.Row;
                }
            }
        }
    }

    private static IEnumerable<Violation> LeasesOfTheDead(Run run)
    {
        var silos = new SiloWatch();
        var deadAt = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var happened in run.History)
        {
            silos.See(happened);
            if (happened is SiloEvent { Change: SiloChange.DeclaredDead } dead)
            {
                deadAt[dead.Actor] = dead.At;
            }
            else if (happened is Granted grant && deadAt.TryGetValue(grant.To, out var at) && at < grant.At - KnownWithin
                && !silos.IsExcused(grant.Actor, grant.At - KnownWithin))
            {
                yield return new Violation($"{grant.Actor} gave a lease to {grant.To}, which had been dead for {(grant.At - at).TotalSeconds:0.0} s", grant.At, grant.Job, grant.JobClass);
            }
        }
    }

    private static bool IsBlow(SiloEvent happened) => happened.Change is not (SiloChange.Started or SiloChange.EndedItself);

    private static IEnumerable<Violation> Cancels(Run run)
    {
        var quiet = run.Scenario.Classes.ToDictionary(plan => plan.Name, plan => new Disturbances(run, plan.Name), StringComparer.Ordinal);
        var running = new Dictionary<JobId, HandlerBegan>();
        var owed = new List<(HandlerBegan Handler, DateTimeOffset Since)>();
        foreach (var happened in run.History)
        {
            foreach (var (handler, since) in owed.Where(debt => debt.Since + HeededWithin < happened.At).ToList())
            {
                owed.RemoveAll(debt => debt.Handler == handler);
                if (quiet[handler.JobClass].IsQuiet(since, since + HeededWithin))
                {
                    yield return new Violation("the job was cancelled, and its attempt was never asked to stop", happened.At, handler.Job, handler.JobClass);
                }
            }

            switch (happened)
            {
                case HandlerBegan began:
                    running[began.Job] = began;
                    break;
                case HandlerStopped stopped:
                    owed.RemoveAll(debt => debt.Handler.Job == stopped.Job);
                    running.Remove(stopped.Job);
                    break;
                case HandlerReturned returned:
                    owed.RemoveAll(debt => debt.Handler.Job == returned.Job);
                    running.Remove(returned.Job);
                    break;
                case SiloEvent { Change: SiloChange.Crashed or SiloChange.DeclaredDead or SiloChange.EndedItself or SiloChange.Left } gone:
                    owed.RemoveAll(debt => debt.Handler.Actor == gone.Actor);
                    foreach (var (job, _) in running.Where(entry => entry.Value.Actor == gone.Actor).ToList())
                    {
                        running.Remove(job);
                    }

                    break;
                case CommandAnswered { Command: "Cancel", Was: JobState.Running } cancel when running.TryGetValue(cancel.Job, out var handler):
                    // A cancel amid disturbances is owed when they have worn off.
                    owed.Add((handler, quiet[handler.JobClass].QuietFrom(happened.At) ?? DateTimeOffset.MaxValue - HeededWithin));
                    break;
                case Stored { Row: { CancelRequested: true, State: JobState.Queued or JobState.Scheduled or JobState.Retrying } row }:
                    yield return new Violation($"the job was cancelled while it ran, and waits again as {row.State}", happened.At, row.Id, row.JobClass);
                    break;
            }
        }
    }

    private static DateTimeOffset Max(DateTimeOffset x, DateTimeOffset y) => x > y ? x : y;
}
