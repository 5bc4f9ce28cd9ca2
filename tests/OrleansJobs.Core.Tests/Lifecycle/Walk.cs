using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Tests.Lifecycle;

/// <summary>
/// Takes one job through random steps and checks every answer against a little book of its own: who holds the lease, which token ended
/// last, when the job may run, how often it ran.
/// </summary>
internal sealed class Walk
{
    private const int MaxAttempts = 3;
    private string? _holder;
    private long _liveToken;
    private long _endedToken;
    private long _lastToken;
    private DateTimeOffset _notBefore = Sample.Now;
    private int _attempts;
    private int _losses;
    private bool _isAlone;
    private bool _isWatched;

    public JobRecord Job { get; private set; } = new()
    {
        Id = JobId.New(Sample.Now),
        JobClass = "email",
        State = JobState.Queued,
        DueAt = Sample.Now,
        SubmittedAt = Sample.Now,
        MaxAttempts = MaxAttempts,
    };

    public DateTimeOffset Now { get; private set; } = Sample.Now;

    public void Run(IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            Take(step);
        }
    }

    /// <summary>Whatever has happened to an open job, it can still be brought to an end.</summary>
    public void MustReachAnEnd()
    {
        Now += JobLimits.MaxDelay;
        if (Job.State.IsWaiting())
        {
            Give(new Start("silo-a", Place: StartPlace.Alone), Verdict.Applied);
        }

        if (Job.State == JobState.Running)
        {
            Give(new Complete(Job.LeaseToken, null), Verdict.Applied);
        }

        Assert.True(Job.State.IsTerminal());
    }

    private void Take(Step step)
    {
        Now += TimeSpan.FromSeconds(step.SecondsLater);
        var command = step.ToCommand(_lastToken);
        var expected = Expected(command);
        var before = Job;
        Give(command, expected);
        CheckInvariants(before);
        if (expected == Verdict.Applied)
        {
            WriteBook(command, step, before);
        }

        if (command is LeaseCommand and not (Report or EndIsolation) && expected == Verdict.Applied)
        {
            Give(command, Verdict.Repeated);
        }
    }

    private void Give(JobCommand command, Verdict expected)
    {
        var transition = JobLifecycle.Decide(Job, command, Now);
        Assert.Equal(expected, transition.Verdict);
        if (transition.IsChange)
        {
            Assert.Equal(Job.Version + 1, transition.Next.Version);
            var ends = transition.Next.State.IsTerminal();
            Assert.Equal(ends, transition.Effects.HasFlag(Effects.Finish));
            Assert.Equal(ends ? Now : null, transition.Next.FinishedAt);
        }
        else
        {
            Assert.Same(Job, transition.Next);
        }

        Job = transition.Next;
    }

    private Verdict Expected(JobCommand command) => command switch
    {
        Start or PutOff when !Job.State.IsWaiting() => Verdict.WrongState,
        Start start => Now < _notBefore ? Verdict.NotDue : HasPlace(start) ? Verdict.Applied : Verdict.Suspect,
        PutOff => Verdict.Applied,
        EndIsolation end when _holder is not null && end.LeaseToken == _liveToken => _isAlone ? Verdict.Applied : Verdict.Repeated,
        EndIsolation => AnyRefusal(command),
        LeaseCommand ack when _holder is not null && ack.LeaseToken == _liveToken => Verdict.Applied,
        LeaseCommand ack and not Report when _holder is null && _endedToken != 0 && ack.LeaseToken == _endedToken => Verdict.Repeated,
        LeaseCommand ack when ack.LeaseToken > _lastToken => AnyRefusal(command),
        LeaseCommand => Verdict.StaleLease,
        Expire when _holder is null => Verdict.Repeated,
        Expire expire when expire.Silo == _holder && (expire.LeaseToken ?? _liveToken) == _liveToken => Verdict.Applied,
        Expire => Verdict.StaleLease,
        _ => JobLifecycle.Decide(Job, command, Now).Verdict,
    };

    private bool HasPlace(Start start) =>
        _losses < JobLimits.SuspectSiloLosses || start.Place == StartPlace.Alone
        || (start.Place == StartPlace.AmongSuspects && _losses < JobLimits.AloneSiloLosses);

    /// <summary>A token that was never handed out changes nothing; what it is answered does not matter, for nobody can ask.</summary>
    private Verdict AnyRefusal(JobCommand command)
    {
        var verdict = JobLifecycle.Decide(Job, command, Now).Verdict;
        Assert.NotEqual(Verdict.Applied, verdict);
        return verdict;
    }

    private void WriteBook(JobCommand command, Step step, JobRecord before)
    {
        switch (command)
        {
            case Start start:
                Assert.True(Job.LeaseToken > before.LeaseToken && Job.LeaseToken > _lastToken, "a start has to raise the token");
                (_holder, _liveToken, _lastToken) = (start.Silo, Job.LeaseToken, Job.LeaseToken);
                _attempts++;
                _isAlone = start.Place == StartPlace.Alone;
                _isWatched = start.Place is StartPlace.Alone or StartPlace.AmongSuspects;
                break;
            case PutOff:
                _notBefore = Now + step.Delay;
                break;
            case EndIsolation:
                _isAlone = false;
                break;
            case Report or Cancel when Job.State == JobState.Running:
                break;
            case LeaseCommand ack:
                (_holder, _endedToken) = (null, ack.LeaseToken);
                _attempts -= command is Snooze or Release ? 1 : 0;
                _notBefore = NotBefore(step);
                _losses = _isWatched && Job.State.IsWaiting() && command is not Release ? Math.Max(0, Math.Min(_losses, JobLimits.AloneSiloLosses) - 1) : _losses;
                break;
            case Expire expire:
                Assert.Equal(_isAlone && expire.SiloIsDead && !before.CancelRequested, Suspects.IsConvicted(Job));
                _losses++;
                (_holder, _endedToken) = (null, 0);
                break;
            case RetryNow:
                (_attempts, _endedToken) = before.State.IsTerminal() ? (0, 0) : (_attempts, _endedToken);
                _losses = before.State.IsTerminal() ? 0 : _losses;
                _notBefore = Now;
                break;
        }
    }

    private DateTimeOffset NotBefore(Step step) => step.Kind switch
    {
        StepKind.Fail => Now + Step.Policy.Schedule[0],
        StepKind.FailLater or StepKind.Snooze => Now + step.Delay,
        _ => _notBefore,
    };

    private void CheckInvariants(JobRecord before)
    {
        Assert.True(_attempts <= MaxAttempts && Job.Attempt <= MaxAttempts, "no more attempts than allowed");
        Assert.False(Job.State.IsWaiting() && Job.Attempt >= MaxAttempts, "a waiting job has an attempt left");
        Assert.True(Job.Attempt >= 0, "no attempt is given back twice");
        Assert.True(Job.LeaseToken >= before.LeaseToken, "a token never falls");
        Assert.True(Job.Attempts.Count <= JobLimits.MaxAttemptHistory);
        if (before.State.IsTerminal() && Job.State != before.State)
        {
            Assert.Equal(JobState.Queued, Job.State);
            Assert.NotEqual(JobState.Succeeded, before.State);
        }

        if (Job.State == JobState.Running && before.State != JobState.Running)
        {
            Assert.True(Now >= before.DueAt && Now >= _notBefore, "a job never runs before it is due");
        }
    }
}
