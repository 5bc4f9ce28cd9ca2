using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

/// <summary>Lets tenants submit and silos ask and finish, and sees to it that no permit stays free that could be used.</summary>
internal sealed class SlotWatch(JobClassSettings settings)
{
    private static readonly string[] Silos = ["s", "t"];
    private readonly Bench _bench = new(settings);
    private readonly Dictionary<string, int> _waiting = [];

    /// <summary>The slots of the silos that listen, free or not.</summary>
    private readonly Dictionary<string, int> _permits = [];

    private IEnumerable<JobLease> Running => Silos.SelectMany(_bench.Held);

    /// <summary>Does what the number says, and dispatches.</summary>
    public void Do(int number, string tenant, int cost)
    {
        var silo = Silos[number / 3 % Silos.Length];
        var permits = number / 13 % 7;
        switch (number % 3)
        {
            case 0:
                var count = 1 + (number / 11 % 5);
                _bench.AddMany(count, tenant, cost);
                _waiting[tenant] = _waiting.GetValueOrDefault(tenant) + count;
                break;
            case 1:
                Listen(silo, permits, _bench.Finish(silo));
                break;
            default:
                Listen(silo, permits);
                break;
        }

        Dispatch();
    }

    private void Listen(string silo, int permits, params LeaseCompletion[] completions)
    {
        _bench.Renew(silo, permits, completions: completions);
        _permits[silo] = permits;
    }

    private void Dispatch()
    {
        var given = _bench.Dispatch();
        foreach (var orders in given)
        {
            Assert.True(_bench.Held(orders.Silo).Count <= _permits[orders.Silo]);
            foreach (var lease in orders.Leases)
            {
                _waiting[lease.Job.Tenant]--;
            }
        }

        if (_permits.Any(HasFree) && Allows(settings.MaxConcurrentJobs, Running.Count()))
        {
            Assert.DoesNotContain(_waiting, CouldRun);
        }

        foreach (var orders in given)
        {
            _permits.Remove(orders.Silo);
        }
    }

    private bool HasFree(KeyValuePair<string, int> permits) => _bench.Held(permits.Key).Count < permits.Value;

    private bool CouldRun(KeyValuePair<string, int> waiting) =>
        waiting.Value > 0 && Allows(settings.MaxConcurrentJobsPerTenant, Running.Count(lease => lease.Job.Tenant == waiting.Key));

    private static bool Allows(int limit, int running) => limit == 0 || running < limit;
}
