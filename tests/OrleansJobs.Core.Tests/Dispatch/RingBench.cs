using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

/// <summary>A dispatcher that holds few tenants, with a store that answers its pages some steps late.</summary>
internal sealed class RingBench
{
    private readonly Bench _bench;
    private readonly ModelStore _store = new();
    private readonly Queue<(int Step, Action Accept)> _pages = [];
    private readonly int _latency;
    private int _step;
    private Func<int>? _nextCost;

    public RingBench(int[] weights, int maxTenants, int latency = 0)
    {
        _latency = latency;
        _bench = new Bench(
            new JobClassSettings { TenantWeights = weights.Select((weight, i) => (i, weight)).ToDictionary(pair => $"t{pair.i:00}", pair => pair.weight) },
            new DispatcherOptions { MaxTenants = maxTenants, MaxWindow = 20 * maxTenants, PageSize = 50 });
    }

    public DispatcherStatus Status => _bench.Dispatcher.GetStatus();

    /// <summary>Pages of names that were read.</summary>
    public int NamePages { get; private set; }

    public WaitingJob Insert(string tenant, bool announced)
    {
        var job = _bench.Job(tenant, cost: _nextCost?.Invoke() ?? 1);
        _store.Insert(job);
        if (announced)
        {
            _bench.Dispatcher.Add(job, _bench.Now);
        }

        return job;
    }

    /// <summary>From now on each tenant always has jobs, of costs up to the dearest: for each that is granted another one comes.</summary>
    public void KeepAll(int dearest)
    {
        var random = new Random(dearest);
        _nextCost = () => random.Next(1, dearest + 1);
        foreach (var tenant in _bench.Dispatcher.Settings.TenantWeights.Keys)
        {
            for (var job = 0; job < 50; job++)
            {
                Insert(tenant, announced: false);
            }
        }
    }

    /// <summary>Begins as a dispatcher does: every tenant is named to it.</summary>
    public void Begin()
    {
        foreach (var tenant in _store.ReadTenants(new TenantsPage(null, int.MaxValue)))
        {
            _bench.Dispatcher.AddSpilledTenant(tenant);
        }
    }

    /// <summary>Reads pages, and has a silo run what it is given; the jobs.</summary>
    public IReadOnlyList<WaitingJob> Step(int permits)
    {
        _step++;
        ReadPages();
        while (true)
        {
            var granted = _bench.Ask("s", permits, _bench.Finish("s"));
            foreach (var job in granted)
            {
                Assert.True(_store.Start(job.Id, "s", _bench.Now));
                _store.Ack(job.Id, _store[job.Id].Token, JobState.Succeeded, _bench.Now);
                if (_nextCost is not null)
                {
                    Insert(job.Tenant, announced: true);
                }
            }

            // A slow store may keep slots free, but not for ever.
            if (granted.Count > 0 || !ReadPages())
            {
                return granted;
            }

            _step++;
        }
    }

    private bool ReadPages()
    {
        while (_bench.Dispatcher.NextPage() is { } request)
        {
            _pages.Enqueue((_step + _latency, Read(request)));
        }

        var waited = _pages.Count > 0;
        while (_pages.TryPeek(out var page) && page.Step <= _step)
        {
            _pages.Dequeue().Accept();
            while (_bench.Dispatcher.NextPage() is { } request)
            {
                _pages.Enqueue((_step + _latency, Read(request)));
            }
        }

        return waited;
    }

    private Action Read(PageRequest request)
    {
        if (request is TenantsPage names)
        {
            NamePages++;
            var tenants = _store.ReadTenants(names);
            return () => _bench.Dispatcher.AcceptTenants(names, tenants, _bench.Now);
        }

        var jobs = _store.Read(request);
        return () => _bench.Dispatcher.AcceptPage(request, jobs, _bench.Now);
    }
}
