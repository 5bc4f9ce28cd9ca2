using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Insight;

/// <summary>What a dispatcher keeps of what its class does, so that it can be shown and judged. Decides nothing.</summary>
internal sealed class ClassInsight(DateTimeOffset now)
{
    private readonly ClassHistory _history = new(now);
    private readonly RunSamples _samples = new();
    private readonly ErrorGroups _errors = new();
    private ClassLoad _load;
    private DateTimeOffset _loadAt = now;

    /// <summary>Seconds that all attempts together have run.</summary>
    private double _runningSeconds;

    /// <summary>What each tenant started.</summary>
    public TenantStarts Starts { get; } = new();

    /// <summary>The kinds of failure.</summary>
    public IReadOnlyList<ErrorGroup> Errors => _errors.Show();

    /// <summary>The class stands like this from now on.</summary>
    public void Stands(ClassLoad load, DateTimeOffset now)
    {
        _history.Stands(load, now);
        (_runningSeconds, _loadAt, _load) = (RunningSecondsAt(now), now, load);
    }

    /// <summary>Jobs came into the backlog.</summary>
    public void Arrived(int count, DateTimeOffset now) => _history.Arrived(now, count);

    /// <summary>Jobs ended other than by an attempt.</summary>
    public void Finished(int count, DateTimeOffset now) => _history.Finished(now, count);

    /// <summary>
    /// A lease was given. It counts as the start of an attempt, because the silo will tell of that only with its next renewal or the end; one that is
    /// given back is taken off again.
    /// </summary>
    public void Granted(LiveLease lease, DateTimeOffset now)
    {
        lease.RunningSecondsBefore = RunningSecondsAt(now);
        _history.Started(lease.Waited, now);
        Starts.Add(lease.Tenant.Name, now);
    }

    /// <summary>A lease has ended.</summary>
    public void Ended(LiveLease lease, LeaseCompletion completion, DateTimeOffset now)
    {
        if (!completion.Started)
        {
            NotStarted(lease);
            return;
        }

        _history.Ended(completion.RunTime, completion.Failed, now);
        if (completion.State.IsTerminal())
        {
            _history.Finished(now);
        }

        if (completion is { Failed: true, Error: { } error })
        {
            _errors.Add(completion.JobId, error, now);
        }
        else if (completion.State == JobState.Succeeded && RunningWith(lease, now) is { } running)
        {
            _samples.Add(running, completion.RunTime, now);
        }
    }

    /// <summary>A lease ran out.</summary>
    public void Expired(LiveLease lease, DateTimeOffset now)
    {
        if (lease.Token is null)
        {
            NotStarted(lease);
        }
        else
        {
            _history.Ended(runTime: null, failed: false, now);
        }
    }

    /// <summary>What is shown of the class.</summary>
    public JobClassHistory Show(string jobClass, VerdictFacts facts, DateTimeOffset now) =>
        HistoryView.Of(jobClass, _history, facts with { Contention = _samples.ModelAt(facts.Load.Running, now) }, now);

    private void NotStarted(LiveLease lease)
    {
        if (lease.RunningSecondsBefore is not null)
        {
            _history.NotStarted(lease.Waited, lease.Lease.GrantedAt);
            Starts.TakeBack(lease.Tenant.Name, lease.Lease.GrantedAt);
        }
    }

    private double RunningSecondsAt(DateTimeOffset now) => _runningSeconds + (_load.Running * Math.Max(0, (now - _loadAt).TotalSeconds));

    /// <summary>How many ran at once on average during the lease; null if it was not given in this life.</summary>
    private double? RunningWith(LiveLease lease, DateTimeOffset now)
    {
        var seconds = (now - lease.Lease.GrantedAt).TotalSeconds;
        return lease.RunningSecondsBefore is not { } before ? null
            : seconds > 0 ? (RunningSecondsAt(now) - before) / seconds
            : _load.Running;
    }
}
