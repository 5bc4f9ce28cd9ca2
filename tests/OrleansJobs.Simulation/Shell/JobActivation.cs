using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Shell;

/// <summary>One job's grain: one call after the other loads, asks the core, stores, then answers and tells.</summary>
internal sealed class JobActivation : Activation
{
    private const double LeavesWhenIdle = 0.2;
    private readonly Queue<Action> _mail = new();
    private readonly Randomness _random;
    private readonly JobCell _cell;
    private bool _busy;
    private bool _isFresh = true;

    public JobActivation(Silo silo, GrainKey key) : base(silo, key)
    {
        _cell = new JobCell(silo, key.Job);
        _random = Randomness.For(World.Scenario.Seed ^ 0xA11CE, key.Job, silo.Now.UtcTicks);
    }

    private World World => Silo.World;

    public void Submit(JobSubmission submission, Responder<SubmitReply> responder) => Serve(end =>
    {
        if (_isFresh)
        {
            _cell.IsNew();
        }

        new SubmitDesk(Silo, _cell).Submit(
            submission,
            reply => end(() => responder.Reply(Silo, reply)),
            () => end(() => responder.Refuse(Silo)));
    });

    public void Start(string forSilo, StartPlace place, Responder<StartReply> responder) => Start(
        () => new Start(forSilo, Silo.Dead.Contains(forSilo), Place: place, IsExplained: Silo.Explained.Contains), responder);

    public void PutOff(TimeSpan delay, Responder<StartReply> responder) => Start(() => new PutOff(delay), responder);

    private void Start(Func<JobCommand> command, Responder<StartReply> responder) => Serve(end => Decide(
        _ => command(),
        transition => end(() => responder.Reply(Silo, new StartReply(transition.Verdict, transition.Next))),
        () => end(() => responder.Refuse(Silo)),
        () => end(() => responder.Reply(Silo, new StartReply(Verdict.WrongState, null)))));

    public void Acknowledge(Ack ack, Responder<AckReply> responder) => Serve(end => Decide(
        job => CommandOf(ack, job),
        transition => end(() => responder.Reply(Silo, new AckReply(transition.Verdict, transition.Next.State, transition.Next.DueAt))),
        () => end(() => responder.Refuse(Silo)),
        () => end(() => responder.Reply(Silo, new AckReply(Verdict.StaleLease, JobState.Cancelled, Silo.Now)))));

    public void Report(long token, double fraction, Responder<ReportReply> responder) =>
        Report(new Report(token, new JobProgress(fraction, null, Silo.Now), null), responder);

    public void EndIsolation(long token, Responder<ReportReply> responder) => Report(new EndIsolation(token), responder);

    private void Report(JobCommand command, Responder<ReportReply> responder) => Serve(end => Decide(
        _ => command,
        transition => end(() => responder.Reply(Silo, new ReportReply(transition.Verdict, transition.Next.CancelRequested))),
        () => end(() => responder.Refuse(Silo)),
        () => end(() => responder.Reply(Silo, new ReportReply(Verdict.StaleLease, CancelRequested: false)))));

    public void Expire(string ofSilo, long? token, bool siloIsDead, Responder<ExpireReply> responder) => Serve(end => Decide(
        _ => new Expire(ofSilo, token, siloIsDead || Silo.Dead.Contains(ofSilo)),
        transition =>
        {
            if (transition.IsAccepted && Suspects.IsConvicted(transition.Next))
            {
                Silo.Explain(Suspects.LostSilos(transition.Next));
            }

            end(() => responder.Reply(Silo, new ExpireReply(transition.Next.State.IsWaiting() ? transition.Next.ToWaiting() : null)));
        },
        () => end(() => responder.Refuse(Silo)),
        () => end(() => responder.Reply(Silo, new ExpireReply(null)))));

    /// <summary>A command of a user.</summary>
    public void Command(JobCommand command, Responder<CommandReply> responder) => Serve(end => Decide(
        _ => command,
        transition =>
        {
            ClassNotices.Tell(Silo, transition);
            end(() => responder.Reply(Silo, new CommandReply(transition.IsAccepted, transition.Next)));
        },
        () =>
        {
            UnclearWrites.Settle(Silo, Key.Job);
            end(() => responder.Refuse(Silo));
        },
        () => end(() => responder.Reply(Silo, new CommandReply(false, null)))));

    private void Decide(Func<JobRecord, JobCommand> command, Action<Transition> done, Action failed, Action gone)
    {
        var now = Silo.Now;
        _cell.Find(
            () =>
            {
                if (_cell.Current is { } job)
                {
                    _cell.Decide(command(job), now, done, failed);
                }
                else
                {
                    gone();
                }
            },
            failed);
    }

    /// <summary>Serves a call when those before it are done; the work says so by calling what it is given.</summary>
    private void Serve(Action<Action<Action>> work)
    {
        _mail.Enqueue(() => work(answer =>
        {
            answer();
            Served();
        }));
        Next();
    }

    private void Next()
    {
        if (!_busy && _mail.TryDequeue(out var work))
        {
            _busy = true;
            work();
        }
    }

    private void Served()
    {
        (_busy, _isFresh) = (false, false);
        if (_mail.Count > 0)
        {
            Silo.After(TimeSpan.Zero, Next);
        }
        else if (_cell.Current is not { } job || job.State.IsTerminal() || _random.Chance(LeavesWhenIdle))
        {
            End();
        }
    }

    private JobCommand CommandOf(Ack ack, JobRecord job) => ack.Outcome switch
    {
        AttemptOutcome.Succeeded => new Complete(ack.LeaseToken, null),
        AttemptOutcome.Snoozed => new Snooze(ack.LeaseToken, ack.Delay ?? TimeSpan.Zero),
        AttemptOutcome.Cancelled => new Abandon(ack.LeaseToken, "cancelled"),
        AttemptOutcome.Released => new Release(ack.LeaseToken),
        _ => new Fail(
            ack.LeaseToken,
            new JobError(JobError.Retry, "failed"),
            World.Scenario.Class(job.JobClass).Retry,
            _random.Unit(),
            ack.Retryable,
            ack.Delay),
    };
}
