using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Simulation.Chronicle;

namespace OrleansJobs.Simulation.Checkers;

/// <summary>I2: one live lease of a job; only its token counts; a handler runs under a start that is durable, and not beside another.</summary>
internal sealed class SingleLease : IChecker
{
    /// <summary>What a silo that has thawed needs to see that its leases are over.</summary>
    private static readonly TimeSpan Waking = TimeSpan.FromMilliseconds(50);

    /// <summary>What nobody has renewed for so long may be somebody else's.</summary>
    private static readonly TimeSpan Renewed = Engine.Times.LeaseTimeout - Engine.Times.FenceMargin;

    public string Name => nameof(SingleLease);

    public string Invariant => "I2: at most one lease of a job is live, and an ack counts only with the live lease's token.";

    public IEnumerable<Violation> Check(Run run) => [.. Tokens(run), .. Handlers(run)];

    private static IEnumerable<Violation> Tokens(Run run)
    {
        foreach (var (write, before) in JobStories.Writes(run))
        {
            if (before is not null && Fault(write, before) is { } words)
            {
                yield return new Violation(words, write.At, write.Row.Id, write.Row.JobClass);
            }
        }
    }

    private static string? Fault(Stored write, JobRecord before)
    {
        var (token, was) = (write.Row.LeaseToken, before.LeaseToken);
        if (write.CauseToken is { } used && (before.State != JobState.Running || used != was))
        {
            return $"{write.Cause} with token {used} changed the job while it was {before.State} with token {was}";
        }

        if (write.Cause is "Start" or "Expire" && token <= was)
        {
            return $"{write.Cause} left the token at {token}, so an old ack can pass for a new one";
        }

        if (write.Cause == "Start" && before.State is not (JobState.Scheduled or JobState.Queued or JobState.Retrying))
        {
            return $"the job was started while it was {before.State}";
        }

        return token < was ? $"the token fell from {was} to {token}" : null;
    }

    /// <summary>
    /// While two dispatchers of the class are active, a second attempt may begin beside the first: each takes silos that it does not know for
    /// lost. The same goes for a silo that is dead to the cluster and does not know yet, as long as its leases are young. The job's token
    /// then tells which of the two counts.
    /// </summary>
    private static IEnumerable<Violation> Handlers(Run run)
    {
        var lives = run.Scenario.Classes.ToDictionary(plan => plan.Name, _ => new LifeWatch(), StringComparer.Ordinal);
        var started = new Dictionary<(JobId, long), string?>();
        var begun = new HashSet<(JobId, long)>();
        var active = new List<Running>();
        var silos = new SiloWatch();
        foreach (var happened in run.History)
        {
            silos.See(happened);
            See(lives, happened);
            switch (happened)
            {
                case Stored { Cause: "Start" } start:
                    started[(start.Row.Id, start.Row.LeaseToken)] = start.Row.Silo;
                    break;
                case HandlerBegan began:
                    if (!started.TryGetValue((began.Job, began.Token), out var silo) || silo != began.Actor)
                    {
                        yield return Of(began, $"a handler began on {began.Actor} with token {began.Token}, and no such start was stored");
                    }

                    if (!begun.Add((began.Job, began.Token)))
                    {
                        yield return Of(began, $"a second handler began with token {began.Token}");
                    }

                    if (silos.FrozenUntil(began.Actor, began.At) is var frozen && frozen >= Renewed)
                    {
                        yield return Of(began, $"a handler began on {began.Actor} under a lease that nobody had renewed for {frozen.TotalSeconds:0.0} s");
                    }

                    if (lives[began.JobClass].WasAlone(began.At) && !silos.IsGone(began.Actor)
                        && active.Find(other => other.Job == began.Job && !silos.IsExcused(other.Silo, began.At - Waking)) is { } beside)
                    {
                        yield return Of(began, $"a handler began on {began.Actor} while another, which nobody had stopped, ran on {beside.Silo} with token {beside.Token}");
                    }

                    active.Add(new Running(began.Job, began.Token, began.Actor));
                    break;
                case HandlerStopped stopped:
                    active.RemoveAll(other => other.Job == stopped.Job && other.Token == stopped.Token);
                    break;
                case HandlerReturned returned:
                    active.RemoveAll(other => other.Job == returned.Job && other.Token == returned.Token);
                    break;
            }
        }
    }

    private static void See(Dictionary<string, LifeWatch> lives, HistoryEvent happened)
    {
        foreach (var (jobClass, life) in lives)
        {
            if (happened is SiloEvent || (happened is DispatcherLife && happened.Class == jobClass))
            {
                life.See(happened);
            }
        }
    }

    private static Violation Of(HandlerBegan began, string words) => new(words, began.At, began.Job, began.JobClass);

    private sealed record Running(JobId Job, long Token, string Silo);
}
