using OrleansJobs.Core.Insight;
using OrleansJobs.Core.Limits;

namespace OrleansJobs.Core.Dispatch;

/// <summary>
/// The dispatcher of one job class: what waits, who runs what, and who gets what next. It decides only: it has no clock, does no I/O and
/// is not safe for concurrent use. Its shell tells it what happens and carries out what it answers:
/// <list type="bullet">
/// <item>after every call it reads the pages that <see cref="NextPage"/> asks for, answers waiting exchanges with what
/// <see cref="Dispatch"/> gives, and sees to it that <see cref="Tick"/> and <see cref="Dispatch"/> are called at
/// <see cref="NextWakeAt"/>;</item>
/// <item>what <see cref="Tick"/> and <see cref="SiloLost"/> return it expires through the jobs' authority, again and again until there is an
/// answer for <see cref="LeaseExpired"/>;</item>
/// <item>it stores what <see cref="BeginStoringRate"/> gives, and says so by <see cref="EndStoringRate"/>;</item>
/// <item>once <see cref="IsSuperseded"/>, it ends this life, and answers nobody;</item>
/// <item>the time that it gives each call is steady: it goes on as time does, whatever becomes of the wall clock, of which it tells by <see cref="StepClock"/>;</item>
/// <item>before the first exchange it rebuilds: <see cref="Recover"/>, <see cref="AddSpilledTenant"/>, <see cref="MarkDueSpilled"/>.</item>
/// </list>
/// A job is added only once it is stored as waiting, so what does not fit into memory can be left to the store.
/// </summary>
public sealed partial class Dispatcher
{
    private readonly string _jobClass;
    private readonly long _epoch;
    private readonly DispatcherOptions _options;
    private readonly DateTimeOffset _since;
    private readonly WaitingJobs _waiting;
    private readonly LeaseTable _leases = new();
    private readonly SiloTable _silos = new();
    private readonly Overstays _overstays;
    private readonly HashSet<string> _firstSilos;
    private readonly LastingRate _rate;
    private readonly Dictionary<JobId, long?> _stopsAhead = [];
    private readonly Totals _totals = new();
    private readonly ClassInsight _insight;
    private JobClassSettings _settings;
    private ConcurrencyLimit _classCap;
    private readonly Recovery _recovery;
    private DateTimeOffset _now;
    private TimeSpan _ahead;
    private long _leaseNumber;

    /// <summary>Begins a life.</summary>
    /// <param name="jobClass">The class.</param>
    /// <param name="epoch">The life's number: above those of all earlier lives, at least 1.</param>
    /// <param name="settings">The limits in force.</param>
    /// <param name="options">The dispatcher's own limits.</param>
    /// <param name="now">The time.</param>
    /// <param name="activeSilos">The silos that may hold leases of the class: nothing is granted until each has said what it holds.</param>
    /// <param name="rate">How far the lives before have used the rate up, if that is known; otherwise it begins without saved-up tokens.</param>
    /// <exception cref="InvalidOptionsException">Options are out of range.</exception>
    public Dispatcher(
        string jobClass,
        long epoch,
        JobClassSettings settings,
        DispatcherOptions options,
        DateTimeOffset now,
        IReadOnlyCollection<string> activeSilos,
        RateMark? rate = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, 1);
        options.Validate();
        (_jobClass, _epoch, _settings, _options, _since, _now) = (jobClass, epoch, settings, options, now, now);
        _classCap = new ConcurrencyLimit(settings.MaxConcurrentJobs);
        _rate = new LastingRate(settings.Rate, rate, options.LongestRateLoss, now);
        _waiting = new WaitingJobs(options, settings, now);
        _overstays = new Overstays(_waiting.Backlog, _leases);
        _firstSilos = new HashSet<string>(activeSilos, StringComparer.Ordinal);
        _recovery = new Recovery(activeSilos, now + options.RecoveryTimeout);
        _insight = new ClassInsight(now);
    }

    /// <summary>This life's number.</summary>
    public long Epoch => _epoch;

    /// <summary>The limits in force.</summary>
    public JobClassSettings Settings => _settings;

    /// <summary>Leases, those that expire included.</summary>
    public int Running => _leases.Count;

    /// <summary>Slots that the class holds in the cluster: its leases, and handlers that run on although their lease has ended.</summary>
    private int InUse => _leases.Count + _overstays.Count;

    /// <summary>Waiting jobs in memory, due or not.</summary>
    public int WaitingInMemory => _waiting.Index.Due + _waiting.Index.NotDue;

    /// <summary>
    /// Whether something was heard that the dispatcher should have known, so that <see cref="Reconcile"/>, and reading the running jobs
    /// into <see cref="Recover"/>, should not wait for its usual time.
    /// </summary>
    public bool ReconcileWanted { get; private set; }

    /// <summary>
    /// Whether a silo knows a later life: then this one's word does not count. It grants nothing and expires nothing any more; what it heard
    /// since has not been renewed.
    /// </summary>
    public bool IsSuperseded { get; private set; }

    /// <summary>
    /// Silos that have not said what they hold although the time for it is over: leases that an earlier life gave them and that had not started
    /// are not counted. Empty before that.
    /// </summary>
    public IReadOnlyCollection<string> Unheard => IsRecovering(_now) ? [] : _recovery.Awaited;

    /// <summary>What the wall clock shows: due times are instants by it.</summary>
    private DateTimeOffset Wall => _now + _ahead;

    /// <summary>
    /// The wall clock was set: it stands ahead of the time that the calls give by so much, or behind if that is negative. Jobs that have become due by
    /// it are due; one that is known, and would become due later, is due when it would have been. What is not known is read again.
    /// </summary>
    public void StepClock(TimeSpan ahead, DateTimeOffset now)
    {
        Advance(now);
        if (ahead < _ahead)
        {
            _waiting.KeepDueTimes(_ahead);
        }

        _ahead = ahead;
        ReconcileWanted = true;
    }

    /// <summary>A later life has begun, by the store's word.</summary>
    public void Supersede() => IsSuperseded = true;

    /// <summary>How far the rate is used up, if the store has to know it now; to be asked for after every call.</summary>
    public RateMark? BeginStoringRate(DateTimeOffset now)
    {
        Advance(now);
        return _rate.BeginStore(_now);
    }

    /// <summary>What <see cref="BeginStoringRate"/> gave is stored; or not, and is asked for again.</summary>
    public void EndStoringRate(bool isStored) => _rate.EndStore(isStored);

    /// <summary>
    /// Changes the limits. Silos whose exchange waits are answered by the next <see cref="Dispatch"/>, so that they learn it; limits that are
    /// in force already are no news.
    /// </summary>
    public void Apply(JobClassSettings settings, DateTimeOffset now)
    {
        Advance(now);
        if (IsInForce(settings))
        {
            return;
        }

        if (settings.Rate != _settings.Rate)
        {
            _rate.Change(settings.Rate, now);
        }

        _settings = settings;
        _classCap = new ConcurrencyLimit(settings.MaxConcurrentJobs);
        _waiting.Backlog.Apply(settings, _now);
        foreach (var silo in _silos.Listening)
        {
            silo.NewsForIt = true;
        }
    }

    /// <summary>
    /// A job is stored as waiting: it was submitted, or retried or hurried by hand. Of a job that waits already the newer form counts; for
    /// one that is leased it is remembered until the lease ends. A job in another state is ignored.
    /// </summary>
    public void Add(WaitingJob job, DateTimeOffset now)
    {
        Advance(now);
        if (!job.State.IsWaiting())
        {
            return;
        }

        if (_leases.Find(job.Id) is { } lease)
        {
            lease.Again = job.DueAt == lease.Lease.Job.DueAt && job.State == lease.Lease.Job.State ? lease.Again : job;
            return;
        }

        _waiting.Put(job, Wall);
    }

    /// <summary>
    /// A waiting job does not wait any more: it was cancelled or given up by hand. One that is leased but not started will be refused when
    /// it starts.
    /// </summary>
    public void Withdraw(JobId id)
    {
        if (_leases.Find(id) is { } lease)
        {
            lease.Again = null;
        }
        else if (_waiting.Remove(id))
        {
            _totals.Finished++;
        }
    }

    /// <summary>Brings jobs whose time has come into the backlog.</summary>
    /// <returns>Leases that have run out, each of them once.</returns>
    public IReadOnlyList<ExpiringLease> Tick(DateTimeOffset now)
    {
        Advance(now);
        _waiting.PromoteDue(_now, Wall);
        _silos.ForgetSilent(now - (2 * _options.LeaseTimeout), silo => _overstays.Forget(silo, _now));
        if (IsSuperseded || !(_leases.NextDeadline <= now))
        {
            return [];
        }

        var expiring = new List<ExpiringLease>();
        _leases.TakeOverdue(now, expiring);
        return expiring;
    }

    /// <summary>
    /// The earliest time at which <see cref="Tick"/> or <see cref="Dispatch"/> has something to do by itself, or at which
    /// <see cref="NextPage"/> asks again after a failure; null if only a call from outside can change anything.
    /// </summary>
    public DateTimeOffset? NextWakeAt(DateTimeOffset now)
    {
        Advance(now);
        var wake = Earlier(_waiting.NextDueAt(_ahead), _leases.NextDeadline);
        if (IsRecovering(now))
        {
            wake = Earlier(wake, _recovery.EndsAt);
        }
        else if (OnlyRateHolds())
        {
            wake = Earlier(wake, _rate.AvailableAt(now));
        }

        return _waiting.PagesNotBefore > now ? Earlier(wake, _waiting.PagesNotBefore) : wake;
    }

    private bool IsInForce(JobClassSettings settings) =>
        settings with { TenantWeights = _settings.TenantWeights } == _settings
        && settings.TenantWeights.Count == _settings.TenantWeights.Count
        && settings.TenantWeights.All(weight => _settings.TenantWeights.TryGetValue(weight.Key, out var known) && known == weight.Value);

    private bool OnlyRateHolds() =>
        !_settings.Paused
        && !_waiting.Backlog.IsEmpty
        && _classCap.Allows(InUse)
        && _silos.AnyFree();

    private bool IsRecovering(DateTimeOffset now) => !_recovery.IsOver(now);

    private void Advance(DateTimeOffset now) => _now = now > _now ? now : _now;

    private static DateTimeOffset? Earlier(DateTimeOffset? x, DateTimeOffset? y) => x is null || y < x ? y : x;
}
