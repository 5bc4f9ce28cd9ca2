using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Checkers;

/// <summary>I6: not before its time, not too often, and not without its backoff. Attempts are counted here from starts and returns.</summary>
internal sealed class Timing : IChecker
{
    /// <summary>What a silo's clock may differ from the world's, and stored times from exact ones.</summary>
    private static readonly TimeSpan Tolerance = Times.MaxSkew + TimeSpan.FromMilliseconds(1);

    /// <summary>Stored times have whole microseconds, and are rounded up.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromMicroseconds(2);

    public string Name => nameof(Timing);

    public string Invariant => "I6: a job starts no earlier than due, runs at most MaxAttempts times, and waits its backoff in between.";

    public IEnumerable<Violation> Check(Run run)
    {
        var used = new Dictionary<JobId, int>();
        var asked = new Dictionary<(JobId, long), HistoryEvent>();
        var rows = new Dictionary<JobId, JobRecord>();
        foreach (var happened in run.History)
        {
            if (happened is FailSent or SnoozeSent)
            {
                asked[(happened.About!.Value, happened is FailSent fail ? fail.Token : ((SnoozeSent)happened).Token)] = happened;
            }
            else if (happened is Stored write)
            {
                var before = rows.GetValueOrDefault(write.Row.Id);
                rows[write.Row.Id] = write.Row;
                used[write.Row.Id] = Used(used.GetValueOrDefault(write.Row.Id), write, before);
                foreach (var words in Faults(run, write, before, used[write.Row.Id], asked))
                {
                    yield return new Violation(words, write.At, write.Row.Id, write.Row.JobClass);
                }
            }
        }
    }

    private static int Used(int used, Stored write, JobRecord? before) => write.Cause switch
    {
        "Start" => used + 1,
        "Snooze" or "Release" => used - 1,
        "RetryNow" when before is { State: >= JobState.Succeeded } => 0,
        _ => used,
    };

    private static IEnumerable<string> Faults(
        Run run, Stored write, JobRecord? before, int used, Dictionary<(JobId, long), HistoryEvent> asked)
    {
        var row = write.Row;
        if (row.Attempt != used)
        {
            yield return $"the job has attempt {row.Attempt}, and has used {used}";
        }

        if (used > row.MaxAttempts)
        {
            yield return $"attempt {used} of {row.MaxAttempts} was started";
        }

        if (before is null)
        {
            yield break;
        }

        if (write.Cause == "Start" && (write.At + Tolerance < before.DueAt || row.StartedAt < before.DueAt))
        {
            yield return $"the job was started {(before.DueAt - row.StartedAt)?.TotalMilliseconds:0} ms before it was due";
        }

        if (write.CauseToken is not { } token || row.Attempts is not [.., var ended])
        {
            yield break;
        }

        // Reckoned from the decision; the write comes as much later as the store takes.
        var waits = row.DueAt - ended.EndedAt;
        if (write.Cause == "Fail" && row.State == JobState.Retrying && asked.GetValueOrDefault((row.Id, token)) is FailSent fail)
        {
            var (least, most) = Backoff(run.Scenario.Class(row.JobClass).Retry, used, fail.RetryAfter, before.LastBackoff);
            if (waits < least || waits > most + Rounding)
            {
                yield return $"after failure {used} the job waits {Milliseconds(waits)} ms; its policy says {Milliseconds(least)} to {Milliseconds(most)} ms";
            }
        }
        else if (write.Cause == "Snooze" && row.State == JobState.Scheduled && asked.GetValueOrDefault((row.Id, token)) is SnoozeSent snooze
            && (waits < snooze.Delay || waits > snooze.Delay + Rounding))
        {
            yield return $"the job snoozed for {Milliseconds(snooze.Delay)} ms and waits {Milliseconds(waits)} ms";
        }
    }

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What a policy allows, reckoned anew.</summary>
    private static (TimeSpan Least, TimeSpan Most) Backoff(RetryPolicy policy, int failures, TimeSpan? asked, TimeSpan last)
    {
        if (asked is { } given)
        {
            return (given, given);
        }

        if (policy.Schedule.Count > 0)
        {
            var delay = policy.Schedule[Math.Min(failures, policy.Schedule.Count) - 1];
            return (delay, delay);
        }

        var grown = policy.FirstDelay;
        for (var i = 1; i < failures && grown < policy.MaxDelay; i++)
        {
            grown *= policy.Factor;
        }

        grown = grown < policy.MaxDelay ? grown : policy.MaxDelay;
        var wide = 3 * (last > policy.FirstDelay ? last : policy.FirstDelay);
        return policy.Jitter switch
        {
            Jitter.Full => (TimeSpan.Zero, grown),
            Jitter.Decorrelated => (policy.FirstDelay, wide < policy.MaxDelay ? wide : policy.MaxDelay),
            _ => (grown, grown),
        };
    }
}
