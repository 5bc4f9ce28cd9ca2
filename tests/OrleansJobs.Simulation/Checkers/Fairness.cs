using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;
using OrleansJobs.Simulation.Workload;

namespace OrleansJobs.Simulation.Checkers;

/// <summary>
/// I4: tenants with backlog share by weight and cost; inside a tenant the higher priority goes first. Judged where nothing disturbs the
/// class and its whole backlog fits into memory; shares only where all its tenants do, because others take turns of many rounds.
/// </summary>
internal sealed class Fairness : IChecker
{
    /// <summary>What a job needs to come from the store into the dispatcher's window.</summary>
    private static readonly TimeSpan Arrival = TimeSpan.FromSeconds(1);

    /// <summary>Rounds that two tenants may be apart, beside one job of each.</summary>
    private const double RoundsApart = 3.5;

    public string Name => nameof(Fairness);

    public string Invariant => "I4: tenants of a class that have backlog share its slots by weight (deficit round robin over job cost).";

    public IEnumerable<Violation> Check(Run run)
    {
        foreach (var plan in run.Scenario.Classes.Where(plan => run.Scenario.Options.MaxWindow >= plan.Jobs))
        {
            var quiet = new Disturbances(run, plan.Name).QuietTimes().ToList();
            var events = run.History.Where(happened => happened.Class == plan.Name).ToList();
            var fit = plan.Tenants.Count <= Math.Min(run.Scenario.Options.MaxTenants, run.Scenario.Options.MaxWindow);
            foreach (var violation in quiet.SelectMany(time => Judge(events, plan, fit, time.From, time.To)))
            {
                yield return violation;
            }
        }
    }

    private static IEnumerable<Violation> Judge(List<HistoryEvent> events, ClassPlan plan, bool tenantsFit, DateTimeOffset from, DateTimeOffset to)
    {
        var waiting = new WaitWatch();
        var shares = new Dictionary<(string, string), Lead>();
        var overtaking = new List<(Granted First, JobId Second)>();
        JobClassSettings? settings = null;
        foreach (var happened in events.TakeWhile(happened => happened.At <= to))
        {
            settings = happened is LimitsInForce limits ? limits.Settings : settings;
            if (happened is Granted grant && happened.At >= from && settings is not null)
            {
                // What is granted at the same moment is granted in an order that nobody sees.
                overtaking.RemoveAll(pair => pair.Second == grant.Job && pair.First.At == grant.At);
                if (overtaking.Find(pair => pair.First.At < grant.At) is { First: { } first } found)
                {
                    yield return new Violation(
                        $"a job of priority {first.Priority} was granted while {found.Second} of the same tenant, with a higher one, waited", first.At, first.Job, plan.Name);
                    yield break;
                }

                if (waiting.Overtaken(grant, grant.At - Arrival) is { } other)
                {
                    overtaking.Add((grant, other));
                }

                if (tenantsFit && settings.MaxConcurrentJobsPerTenant == 0 && Unfair(shares, waiting, grant, plan, settings) is { } words)
                {
                    yield return new Violation(words, grant.At, grant.Job, plan.Name);
                    yield break;
                }
            }

            waiting.See(happened);
        }
    }

    /// <summary>For each other tenant that has backlog all the while: how far the two are apart since then.</summary>
    private static string? Unfair(
        Dictionary<(string, string), Lead> shares, WaitWatch waiting, Granted grant, ClassPlan plan, JobClassSettings settings)
    {
        foreach (var other in plan.Tenants.Where(other => other != grant.Tenant))
        {
            var pair = string.CompareOrdinal(grant.Tenant, other) < 0 ? (grant.Tenant, other) : (other, grant.Tenant);
            var since = Later(waiting.BackloggedSince(grant.Tenant), waiting.BackloggedSince(other));
            if (since is not { } start || start + Arrival > grant.At)
            {
                shares.Remove(pair);
                continue;
            }

            if (!shares.TryGetValue(pair, out var lead) || lead.Since != start)
            {
                shares[pair] = lead = new Lead(start);
            }

            var served = (double)grant.Cost / Weight(settings, grant.Tenant);
            lead.Add(pair.Item1 == grant.Tenant ? served : -served);
            var allowed = RoundsApart + ((double)plan.MaxCost / Weight(settings, grant.Tenant)) + ((double)plan.MaxCost / Weight(settings, other));
            if (lead.Spread > 2 * allowed)
            {
                return $"{pair.Item1} and {pair.Item2} both have backlog since {History.Show(start)}, and one is {lead.Spread:0.0} rounds ahead of its share; "
                    + $"{2 * allowed:0.0} are allowed";
            }
        }

        return null;
    }

    private static DateTimeOffset? Later(DateTimeOffset? x, DateTimeOffset? y) => x is null || y is null ? null : x > y ? x : y;

    private static double Weight(JobClassSettings settings, string tenant) => settings.TenantWeights.TryGetValue(tenant, out var weight) ? weight : 1;

    private sealed class Lead(DateTimeOffset since)
    {
        private double _lead;
        private double _lowest;
        private double _highest;

        public DateTimeOffset Since => since;

        public double Spread => _highest - _lowest;

        public void Add(double served)
        {
            _lead += served;
            (_lowest, _highest) = (Math.Min(_lowest, _lead), Math.Max(_highest, _lead));
        }
    }
}
