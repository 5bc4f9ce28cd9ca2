using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

/// <summary>
/// A grid on a virtual clock that does to a dispatcher whatever numbers say: work, loss, repetition, death. Small windows make it page a lot.
/// </summary>
internal sealed partial class ModelGrid
{
    public static readonly DispatcherOptions Options = new()
    {
        MaxWindow = 24, MaxTenants = 3, DueWindow = 6, PageSize = 5, MaxGrantsPerExchange = 3, RecoveryTimeout = TimeSpan.FromMinutes(5), MaxOutstandingPages = 2,
    };

    private readonly ModelStore _store = new();
    private readonly ModelChecker _checker = new();
    private readonly List<ModelSilo> _silos = [];
    private readonly List<ExpiringLease> _expiring = [];
    private readonly List<(PageRequest Request, Action Accept)> _pages = [];
    private Dispatcher _dispatcher;
    private JobClassSettings _settings = new();
    private DateTimeOffset _now = Bench.Start;
    private int _ids;
    private int _siloNumber;
    private long _epoch;

    public ModelGrid()
    {
        _dispatcher = BeginLife();
        AddSilo(3);
        AddSilo(5);
    }

    /// <summary>Does what a number says.</summary>
    public void Do(int number)
    {
        var (what, which) = (number % 32, number / 32);
        switch (what)
        {
            case < 8: Submit(which, announced: what > 0); break;
            case < 12: Exchange(Silo(which), renew: what < 10, lost: which % 11 == 0); break;
            case < 17: Start(Silo(which)); break;
            case < 21: End(Silo(which), which); break;
            case 21: Repeat(Silo(which)); break;
            case 22: Kill(Silo(which)); break;
            case 23: Change(which); break;
            case 24: _dispatcher = which % 3 == 0 ? BeginLife() : _dispatcher; break;
            case 25: Cancel(which); break;
            case 26: Hurry(which); break;
            case 27: Drain(Silo(which), which % 2 == 0); break;
            case 28: Reconcile(); break;
            case 29: Answer(which); break;
            default: Pass(TimeSpan.FromMilliseconds(which % 20_000)); break;
        }

        ReadPages(which);
        Dispatch();
        Assert.True(_dispatcher.GetStatus().Waiting <= Options.MaxWindow, "The window is too large.");
        Assert.True(_dispatcher.GetStatus().WaitingTenants <= Options.MaxTenants, "There are too many tenants.");
        Assert.True(_dispatcher.GetStatus().NotDue <= Options.DueWindow, "The due window is too large.");
    }

    /// <summary>Faults stop: everything has to end, and then all capacity has to be there.</summary>
    public void Finish()
    {
        _silos.ForEach(silo => (silo.Draining, silo.Permits) = (false, 4));
        Apply(new JobClassSettings { Revision = _settings.Revision + 1 });
        Reconcile();
        for (var round = 0; _store.Jobs.Any(job => !job.Waiting.State.IsTerminal()) || _dispatcher.Running > 0; round++)
        {
            Assert.True(round < 600, $"Jobs are stuck: {string.Join("; ", _store.Jobs.Where(job => !job.Waiting.State.IsTerminal()).Select(job => job.Waiting))}; {_dispatcher.GetStatus()}");
            _silos.ForEach(RunAll);
            Pass(TimeSpan.FromSeconds(1));
            Settle();
            if (_dispatcher.ReconcileWanted)
            {
                Reconcile();
            }
        }

        for (var i = 0; i < _silos.Count * 4; i++)
        {
            Submit(1, announced: true);
        }

        _silos.ForEach(silo => Exchange(silo, renew: true, lost: false));
        while (Dispatch())
        {
            _silos.ForEach(silo => Exchange(silo, renew: true, lost: false));
        }

        Assert.All(_silos, silo => Assert.Equal(4, silo.Slots.Count));
    }

    private void Settle()
    {
        while (_expiring.Count > 0)
        {
            Answer(0);
        }

        do
        {
            ReadPages(0);
        }
        while (_pages.Count > 0);
        Dispatch();
    }

    private void RunAll(ModelSilo silo)
    {
        Exchange(silo, renew: true, lost: false);
        Dispatch();
        while (silo.Slots.Count > 0)
        {
            Start(silo);
            End(silo, 0);
        }

        Exchange(silo, renew: true, lost: false);
    }

    private ModelSilo Silo(int which) => _silos[which % _silos.Count];

    private void AddSilo(int permits) => _silos.Add(new ModelSilo($"s{++_siloNumber}", permits));

    private Dispatcher BeginLife()
    {
        _pages.Clear();
        _expiring.Clear();
        _checker.BeginLife(_silos, _store);
        _dispatcher = new Dispatcher("email", ++_epoch, _settings, Options, _now, [.. _silos.Select(silo => silo.Name)]);
        ReadStore();
        _dispatcher.MarkDueSpilled();
        return _dispatcher;
    }

    private void Reconcile()
    {
        _dispatcher.Reconcile(_now);
        ReadStore();
    }

    private void ReadStore()
    {
        foreach (var job in _store.Jobs)
        {
            if (job.Waiting.State == JobState.Running)
            {
                var isDead = _silos.TrueForAll(silo => silo.Name != job.Silo);
                _dispatcher.Recover(job.Waiting.Id, job.Silo, isDead, job.Token, job.Waiting, _now, _now);
            }
            else if (job.Waiting.State.IsWaiting())
            {
                _dispatcher.AddSpilledTenant(job.Waiting.Tenant);
            }
        }
    }

    private void Submit(int which, bool announced)
    {
        var dueIn = which % 4 == 0 ? which % 9_000 : 0;
        var job = new WaitingJob(
            new JobId(new Guid(++_ids, 0, 0, new byte[8])),
            "t" + (which % 5),
            which % 3,
            1 + (which % 7),
            _now.AddMilliseconds(dueIn),
            dueIn > 0 ? JobState.Scheduled : JobState.Queued);
        _store.Insert(job);
        if (announced)
        {
            _dispatcher.Add(job, _now);
        }
    }

    private void Pass(TimeSpan time)
    {
        _now += time;
        _expiring.AddRange(_dispatcher.Tick(_now));
    }

    private void Answer(int which)
    {
        if (_expiring.Count > 0)
        {
            var lease = _expiring[which % _expiring.Count];
            _expiring.Remove(lease);
            var again = _store.Expire(lease, _now);
            _checker.Expired(lease);
            _dispatcher.LeaseExpired(lease.Lease.Job.Id, lease.Lease.Id, again, _now);
        }
    }

    /// <summary>Pages are read at one moment and taken in at a later one; some fail.</summary>
    private void ReadPages(int which)
    {
        foreach (var (request, accept) in which % 3 == 0 ? _pages.ToList() : [])
        {
            _pages.Remove((request, accept));
            if (which % 17 == 1)
            {
                _dispatcher.PageFailed(request, _now);
            }
            else
            {
                accept();
            }
        }

        while (_dispatcher.NextPage() is { } request)
        {
            Assert.True(_pages.Count < Options.MaxOutstandingPages);
            _pages.Add((request, Read(request)));
        }
    }

    private Action Read(PageRequest request)
    {
        if (request is TenantsPage page)
        {
            var names = _store.ReadTenants(page);
            return () => _dispatcher.AcceptTenants(page, names, _now);
        }

        var jobs = _store.Read(request);
        return () => _dispatcher.AcceptPage(request, jobs, _now);
    }
}
