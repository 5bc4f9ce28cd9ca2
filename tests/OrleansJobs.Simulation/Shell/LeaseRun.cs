using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Quarantine;
using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;
using OrleansJobs.Simulation.Workload;

namespace OrleansJobs.Simulation.Shell;

/// <summary>One lease on a silo, to its end: start, handler, ack.</summary>
internal sealed class LeaseRun(Silo silo, SiloAgent agent, ClassPool pool, Attempt attempt, Action<Attempt, LeaseCompletion> ended)
{
    private readonly GrowingPause _startPause = new(Randomness.For(silo.World.Scenario.Seed, attempt.Lease.Job.Id, attempt.Lease.Id.Number));
    private readonly GrowingPause _ackPause = new(Randomness.For(~silo.World.Scenario.Seed, attempt.Lease.Job.Id, attempt.Lease.Id.Number));

    private DateTimeOffset _startsFrom = attempt.ReceivedAt;

    private JobId Job => attempt.Lease.Job.Id;

    private string JobClass => attempt.Lease.JobClass;

    private World World => silo.World;

    public void Begin()
    {
        if (!agent.Gate.TryEnter())
        {
            ended(attempt, Completions.NotStarted(attempt.Lease));
            return;
        }

        attempt.IsInside = true;
        if (World.Protocol.StartsAfterTheHandler)
        {
            World.History.Add(new HandlerBegan(silo.Name, Job, JobClass, attempt.Lease.Job.Tenant, 0));
        }

        Start(unclear: false);
    }

    private StartPlace Place => attempt.Visit?.Place ?? StartPlace.Any;

    /// <summary>A call without an answer may have started the attempt, so it is repeated until it is known whether it did, or the lease is lost.</summary>
    private void Start(bool unclear)
    {
        if (MustDrop(unclear))
        {
            ended(attempt, Completions.NotStarted(attempt.Lease));
            return;
        }

        World.Grains.Call<JobActivation, StartReply>(
            silo,
            GrainKey.Of(Job),
            (job, responder) => job.Start(silo.Name, Place, responder),
            reply => Started(Claimed(reply, unclear)),
            () => PauseStart());
        agent.AsksToStart();
    }

    private bool MustDrop(bool unclear) =>
        agent.IsAbandoned
        || attempt.Cause == CancellationCause.LeaseLost
        || (!unclear && (attempt.Cause == CancellationCause.Draining || silo.Now - _startsFrom >= Times.StartTimeout));

    /// <summary>A stop ends the pause, unless the attempt was being stopped before.</summary>
    private void PauseStart()
    {
        var isOver = false;
        if (attempt.Cause == CancellationCause.None)
        {
            attempt.OnStop = _ => Again();
        }

        silo.After(_startPause.Next(), Again);

        void Again()
        {
            if (!isOver)
            {
                isOver = true;
                attempt.OnStop = null;
                Start(unclear: true);
            }
        }
    }

    private StartReply Claimed(StartReply reply, bool unclear)
    {
        var started = reply.Job is { State: JobState.Running }
            && (reply.Verdict is Verdict.Applied or Verdict.Repeated || (unclear && reply.Job.Silo == silo.Name))
            && pool.TryClaim(attempt, reply.Job.LeaseToken);
        var verdict = started ? Verdict.Applied : reply.Verdict is Verdict.Applied or Verdict.Repeated ? Verdict.WrongState : reply.Verdict;
        return reply with { Verdict = verdict };
    }

    private void Started(StartReply start)
    {
        attempt.IsSettled = start.Verdict is not (Verdict.Applied or Verdict.Suspect);
        if (start is { Verdict: Verdict.Applied, Job: { } job })
        {
            World.History.Add(new CommandAnswered(silo.Name, Job, JobClass, "Start", job.LeaseToken, job.Version, job.State));
            pool.GiveUpIfOld(attempt);
            if (attempt.Cause is not CancellationCause.None and var cause)
            {
                HandlerEnded(job, null, cause);
            }
            else
            {
                new HandlerRun(silo, attempt, job, (end, at) => HandlerEnded(job, end, at)).Begin();
            }
        }
        else if (start is { Verdict: Verdict.Suspect, Job: { } suspect })
        {
            TakePlace(suspect);
        }
        else
        {
            ended(attempt, Completions.Refused(attempt.Lease, start.Job));
        }
    }

    /// <summary>A suspected job waits for its place, or is put off; asked for a second time, it is put off.</summary>
    private void TakePlace(JobRecord job)
    {
        if (attempt.Visit is not null)
        {
            PutOff();
            return;
        }

        var isOver = false;
        attempt.OnStop = _ => Over(GiveBack);
        attempt.EndIsolation = done => EndIsolation(attempt.Token ?? job.LeaseToken + 1, done);
        agent.Gate.Ask(
            attempt,
            job,
            visit => Over(() =>
            {
                _startsFrom = silo.Now;
                if (visit.Place == StartPlace.None)
                {
                    PutOff();
                }
                else
                {
                    Start(unclear: false);
                }
            }),
            done => EndIsolation(null, done));

        void Over(Action next)
        {
            if (!isOver)
            {
                isOver = true;
                attempt.OnStop = null;
                next();
            }
        }
    }

    private void GiveBack() => ended(attempt, Completions.NotStarted(attempt.Lease));

    private void PutOff()
    {
        if (attempt.Cause != CancellationCause.None)
        {
            GiveBack();
            return;
        }

        var delay = attempt.Visit!.Delay > TimeSpan.Zero ? attempt.Visit.Delay : SiloGate.ShortestDelay;
        World.Grains.Call<JobActivation, StartReply>(
            silo,
            GrainKey.Of(Job),
            (job, responder) => job.PutOff(delay, responder),
            reply => silo.After(Times.PutOffPause, () => ended(attempt, Completions.Refused(attempt.Lease, reply.Job))),
            () => silo.After(_startPause.Next(), GiveBack));
    }

    /// <summary>Until that is stored, or the attempt is over, a loss of the silo would convict the job for what others do.</summary>
    private void EndIsolation(long? token, Action done)
    {
        if (World.Protocol.JoinsBeforeTheStore || agent.IsAbandoned || !attempt.IsInside)
        {
            silo.After(TimeSpan.Zero, done);
        }
        else if ((token ?? attempt.Token) is { } known)
        {
            World.Grains.Call<JobActivation, ReportReply>(
                silo, GrainKey.Of(Job), (job, responder) => job.EndIsolation(known, responder), _ => done(), Again);
        }
        else
        {
            Again();
        }

        void Again() => silo.After(_startPause.Next(), () => EndIsolation(token, done));
    }

    private void HandlerEnded(JobRecord job, HandlerPlan? end, CancellationCause cause)
    {
        if (AckOf(job.LeaseToken, end, cause) is not { } ack)
        {
            ended(attempt, Completions.Ended(attempt.Lease, null, null));
            return;
        }

        if (ack.Outcome == AttemptOutcome.Failed)
        {
            World.History.Add(new FailSent(silo.Name, Job, JobClass, ack.LeaseToken, ack.Retryable, ack.Delay));
        }
        else if (ack.Outcome == AttemptOutcome.Snoozed)
        {
            World.History.Add(new SnoozeSent(silo.Name, Job, JobClass, ack.LeaseToken, ack.Delay ?? TimeSpan.Zero));
        }

        Acknowledge(ack);
    }

    private void Acknowledge(Ack ack)
    {
        if (agent.IsAbandoned)
        {
            ended(attempt, Completions.Ended(attempt.Lease, null, ack));
            return;
        }

        World.Grains.Call<JobActivation, AckReply>(
            silo,
            GrainKey.Of(Job),
            (job, responder) => job.Acknowledge(ack, responder),
            reply =>
            {
                attempt.IsSettled = true;
                if (reply.Verdict is Verdict.Applied or Verdict.Repeated)
                {
                    World.History.Add(new CommandAnswered(silo.Name, Job, JobClass, $"ack {ack.Outcome}", ack.LeaseToken, 0, reply.State));
                }

                ended(attempt, Completions.Ended(attempt.Lease, reply, ack));
            },
            () => silo.After(_ackPause.Next(), () => Acknowledge(ack)));
    }

    /// <summary>What the end of the handler means for its job; null if nothing counts any more, because the lease is lost.</summary>
    private static Ack? AckOf(long token, HandlerPlan? end, CancellationCause cause) => (end?.Result, cause) switch
    {
        (_, CancellationCause.LeaseLost) => null,
        (HandlerResult.Success, _) => new Ack(token, AttemptOutcome.Succeeded),
        (HandlerResult.Snooze, _) => new Ack(token, AttemptOutcome.Snoozed, Delay: end!.Delay),
        (HandlerResult.Retry, _) => new Ack(token, AttemptOutcome.Failed, Delay: end!.Delay),
        (HandlerResult.GiveUp, _) => new Ack(token, AttemptOutcome.Failed, Retryable: false),
        (HandlerResult.Cancel, _) => new Ack(token, AttemptOutcome.Cancelled),
        (HandlerResult.Throw, _) => new Ack(token, AttemptOutcome.Failed),
        (_, CancellationCause.Timeout or CancellationCause.HeartbeatTimeout) => new Ack(token, AttemptOutcome.Failed),
        (_, CancellationCause.Cancelled) => new Ack(token, AttemptOutcome.Cancelled),
        _ => new Ack(token, AttemptOutcome.Released),
    };
}
