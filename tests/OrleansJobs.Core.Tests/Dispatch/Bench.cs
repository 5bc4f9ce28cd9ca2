using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

/// <summary>A dispatcher with a clock of its own and silos that do as they are told.</summary>
internal sealed class Bench
{
    private readonly Dictionary<string, List<JobLease>> _held = [];
    private int _ids;

    public Bench(JobClassSettings? settings = null, DispatcherOptions? options = null, long epoch = 1, params string[] activeSilos) =>
        Dispatcher = new Dispatcher("email", epoch, settings ?? new JobClassSettings(), options ?? new DispatcherOptions(), Now, activeSilos);

    public static DateTimeOffset Start { get; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Dispatcher Dispatcher { get; }

    public DateTimeOffset Now { get; set; } = Start;

    /// <summary>A job that is due, in the order in which they are made.</summary>
    public WaitingJob Job(string tenant = "", int priority = 5, int cost = 1, double dueIn = 0, JobState state = JobState.Queued)
    {
        var number = ++_ids;
        return new WaitingJob(
            new JobId(new Guid(number, 0, 0, new byte[8])), tenant, priority, cost, Now.AddSeconds(dueIn), state);
    }

    public WaitingJob Add(string tenant = "", int priority = 5, int cost = 1, double dueIn = 0, JobState state = JobState.Queued)
    {
        var job = Job(tenant, priority, cost, dueIn, state);
        Dispatcher.Add(job, Now);
        return job;
    }

    public List<WaitingJob> AddMany(int count, string tenant = "", int cost = 1) =>
        [.. Enumerable.Range(0, count).Select(_ => Add(tenant, cost: cost))];

    public IReadOnlyList<JobLease> Held(string silo) => _held.GetValueOrDefault(silo) ?? [];

    /// <summary>Says what the silo holds and listens.</summary>
    public ExchangeReply? Renew(string silo, int permits, bool draining = false, long? knownEpoch = null, params LeaseCompletion[] completions) =>
        Dispatcher.Exchange(
            new ExchangeRequest
            {
                Silo = silo,
                KnownEpoch = knownEpoch ?? Dispatcher.Epoch,
                Permits = permits,
                Draining = draining,
                Completions = completions,
                Held = [.. Held(silo).Where(lease => completions.All(ended => ended.LeaseId != lease.Id)).Select(lease => new HeldLease(lease, null))],
            },
            Now);

    /// <summary>Reports and listens without renewing.</summary>
    public ExchangeReply? Report(string silo, int permits, params LeaseCompletion[] completions) => Dispatcher.Exchange(
        new ExchangeRequest { Silo = silo, KnownEpoch = Dispatcher.Epoch, Permits = permits, Completions = completions }, Now);

    /// <summary>Ticks and dispatches; the silos take what they are given.</summary>
    public IReadOnlyList<SiloOrders> Dispatch()
    {
        Dispatcher.Tick(Now);
        var orders = Dispatcher.Dispatch(Now);
        foreach (var order in orders)
        {
            if (!_held.TryGetValue(order.Silo, out var held))
            {
                _held.Add(order.Silo, held = []);
            }

            held.AddRange(order.Leases);
        }

        return orders;
    }

    /// <summary>The silo asks with so many permits; the jobs that it is given.</summary>
    public IReadOnlyList<WaitingJob> Ask(string silo, int permits, params LeaseCompletion[] completions)
    {
        Renew(silo, permits, completions: completions);
        return Dispatch().Where(order => order.Silo == silo).SelectMany(order => order.Leases).Select(lease => lease.Job).ToList();
    }

    /// <summary>The silo has run all that it holds; the completions to report.</summary>
    public LeaseCompletion[] Finish(string silo, JobState state = JobState.Succeeded, double dueIn = 0)
    {
        var completions = Held(silo).Select(lease => Completion(lease, state, dueIn)).ToArray();
        _held.Remove(silo);
        return completions;
    }

    public LeaseCompletion Completion(JobLease lease, JobState state = JobState.Succeeded, double dueIn = 0, bool started = true) =>
        new(lease.Job.Id, lease.Id, state, Now.AddSeconds(dueIn), started, state == JobState.Retrying, TimeSpan.FromSeconds(1));

    public void Forget(string silo) => _held.Remove(silo);
}
