using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Core.Quarantine;

/// <summary>
/// Decides what may start in a process beside what: it has few places for suspected jobs, and closes for one that has to run alone. It knows
/// all that runs in the process, handlers that overstay included. Times are monotonic, from any zero. Not safe to use from several threads at
/// once.
/// </summary>
public sealed class SiloGate
{
    /// <summary>Suspects that wait at once to run alone; they hold slots meanwhile, so more are put off.</summary>
    public const int MaxWaiting = 4;

    /// <summary>Puts off those for which there is no place at the moment; the more of them there are, the longer.</summary>
    public static readonly TimeSpan ShortestDelay = TimeSpan.FromSeconds(1);

    /// <summary>A suspect is put off no longer, since another silo may have a place sooner.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);

    /// <summary>After its first job a silo has no places for mere suspects for so long: those who have to run alone go before them.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>A silo that did not become empty starts jobs as ever for so many times as long as it was closed.</summary>
    public const int OpenForClosed = 4;

    private const int MaxDoublings = 3;

    /// <summary>So many suspects more are put off for the shortest delay more: that bounds what putting off costs.</summary>
    private const int RefusalsADelay = 8;

    private readonly List<SiloVisit> _waiting = [];
    private readonly List<SiloVisit> _suspects = [];
    private SiloVisit? _alone;
    private TimeSpan? _firstAt;
    private TimeSpan _closedAt;
    private TimeSpan _waitEndsAt;
    private TimeSpan _openUntil = TimeSpan.MinValue;
    private bool _draining;
    private int _inside;
    private int _vain;
    private int _refused;

    /// <summary>Whether nothing may start: a suspect runs alone, or the silo becomes empty for one.</summary>
    public bool IsClosed => _alone is not null || _waiting.Count > 0;

    /// <summary>Whether a suspect runs alone.</summary>
    public bool IsIsolated => _alone is not null;

    /// <summary>When <see cref="Advance"/> is to be called next, if nothing else happens; null if that is never.</summary>
    public TimeSpan? NextAt
    {
        get
        {
            var next = _suspects.Count > 0 ? _suspects.Min(visit => visit.Until) : TimeSpan.MaxValue;
            if (_alone is { MustJoin: false } alone && alone.Until < next)
            {
                next = alone.Until;
            }
            else if (_alone is null && _waiting.Count > 0 && _waitEndsAt < next)
            {
                next = _waitEndsAt;
            }

            return next == TimeSpan.MaxValue ? null : next;
        }
    }

    /// <summary>A lease comes in to be started.</summary>
    /// <returns>False if the gate is closed: then the lease has to be given back.</returns>
    public bool TryEnter(TimeSpan now)
    {
        _firstAt ??= now;
        if (IsClosed)
        {
            return false;
        }

        _inside++;
        return true;
    }

    /// <summary>A job that has come in turns out to be suspected, and asks for a place. It may have it at once, later, or be put off.</summary>
    public SiloVisit Ask(JobRecord job, Suspicion suspicion, TimeSpan now)
    {
        var visit = new SiloVisit(job, Suspects.IsolationOf(job));
        return suspicion == Suspicion.Strong ? AskAlone(visit, now) : AskAmongSuspects(visit, now);
    }

    /// <summary>What came in has left: its handler has returned, or was never called.</summary>
    /// <param name="visit">The visit, if it was a suspect's.</param>
    /// <param name="now">The time.</param>
    public void Leave(SiloVisit? visit, TimeSpan now)
    {
        _inside--;
        if (visit is not null)
        {
            _waiting.Remove(visit);
            _refused = _suspects.Remove(visit) ? 0 : _refused;
            if (visit == _alone)
            {
                EndIsolation(now);
            }
        }

        Advance(now);
    }

    /// <summary>It is stored that others run beside the visit from now on.</summary>
    public void Joined(SiloVisit visit, TimeSpan now)
    {
        if (visit == _alone)
        {
            EndIsolation(now);
            Advance(now);
        }
    }

    /// <summary>
    /// Another job was found to have ended silos: those that are suspected no more run as any other. Those that wait while one runs alone try
    /// again, by when it does so no more.
    /// </summary>
    public void Acquit(Func<JobRecord, bool> isCleared, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(isCleared);
        _suspects.RemoveAll(visit => isCleared(visit.Job));
        foreach (var visit in _waiting.Where(visit => isCleared(visit.Job)).ToList())
        {
            _waiting.Remove(visit);
            _ = _alone is null ? visit.Take(StartPlace.Any, now) : visit.PutOff(ShortestDelay);
        }

        if (_alone is { } alone && isCleared(alone.Job))
        {
            alone.MustJoin = true;
        }

        Advance(now);
    }

    /// <summary>The silo stops in good order: nobody waits for a place any more.</summary>
    public void Drain()
    {
        _draining = true;
        _waiting.ForEach(visit => visit.PutOff(ShortestDelay));
        _waiting.Clear();
    }

    /// <summary>Does what is due.</summary>
    public void Advance(TimeSpan now)
    {
        if (_suspects.Count > 0)
        {
            EndSuspicions(now);
        }

        if (_alone is { } alone)
        {
            alone.MustJoin |= alone.Until <= now;
        }
        else if (_waiting.Count > 0 && _inside == _waiting.Count)
        {
            _alone = _waiting[0].Take(StartPlace.Alone, now);
            _waiting.RemoveAt(0);
            _vain = 0;
        }
        else if (_waiting.Count > 0 && _waitEndsAt <= now)
        {
            var closedFor = WaitFor(_vain);
            _vain = Math.Min(_vain + 1, MaxDoublings);
            Open(closedFor * OpenForClosed, now);
        }
    }

    private void EndSuspicions(TimeSpan now) => _refused = _suspects.RemoveAll(visit => visit.Until <= now) > 0 ? 0 : _refused;

    private static TimeSpan WaitFor(int vain) => JobLimits.MaxIsolationWait * (1 << vain);

    private SiloVisit AskAlone(SiloVisit visit, TimeSpan now)
    {
        if (_draining || now < _openUntil || _waiting.Count >= MaxWaiting)
        {
            return Refuse(visit);
        }

        if (!IsClosed)
        {
            (_closedAt, _waitEndsAt) = (now, now + WaitFor(_vain));
        }

        _waiting.Add(visit);
        Advance(now);
        return visit;
    }

    private SiloVisit AskAmongSuspects(SiloVisit visit, TimeSpan now)
    {
        if (IsClosed || _suspects.Count >= JobLimits.MaxSuspects || now - _firstAt < Settling)
        {
            return Refuse(visit);
        }

        _suspects.Add(visit);
        return visit.Take(StartPlace.AmongSuspects, now);
    }

    /// <summary>The next one has its turn, unless the others have waited for as long as one may run alone: then they have as much time.</summary>
    private void EndIsolation(TimeSpan now)
    {
        (_alone, _refused) = (null, 0);
        if (_waiting.Count > 0 && now - _closedAt >= JobLimits.MaxIsolation)
        {
            Open(now - _closedAt, now);
        }

        _waitEndsAt = now + WaitFor(_vain);
    }

    private void Open(TimeSpan time, TimeSpan now)
    {
        _openUntil = now + time;
        _waiting.ForEach(visit => visit.PutOff(LongestDelay));
        _waiting.Clear();
    }

    private SiloVisit Refuse(SiloVisit visit)
    {
        var delay = ShortestDelay * (1 + (_refused++ / RefusalsADelay));
        return visit.PutOff(delay < LongestDelay ? delay : LongestDelay);
    }
}
