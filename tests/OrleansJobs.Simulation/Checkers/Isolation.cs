using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;
using OrleansJobs.Simulation.Workload;

namespace OrleansJobs.Simulation.Checkers;

/// <summary>
/// I5: what holds a job back is its own class. A due job whose class has a free slot, and no limit in the way, starts soon, whatever other
/// classes do. Judged where nothing disturbs the class, of jobs that began to wait there: what was announced amid faults may be found by the
/// next reconciliation only. Of classes with more tenants than fit into memory, which wait for their turn (ADR 0013), it is not promised.
/// </summary>
internal sealed class Isolation : IChecker
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    public string Name => nameof(Isolation);

    public string Invariant => "I5: a class that is saturated, slow or failing takes nothing from another class's slots.";

    public IEnumerable<Violation> Check(Run run)
    {
        foreach (var plan in run.Scenario.Classes.Where(plan => plan.Tenants.Count <= Math.Min(run.Scenario.Options.MaxTenants, run.Scenario.Options.MaxWindow)))
        {
            var quiet = new Disturbances(run, plan.Name).QuietTimes().Where(time => time.To - time.From > Soon).ToList();
            if (quiet.Count == 0)
            {
                continue;
            }

            var slots = Leases.Of(run, plan.Name);
            foreach (var wait in Waits(run, plan))
            {
                foreach (var (from, to) in quiet.Where(time => time.From <= wait.Since && time.To > wait.From))
                {
                    var (start, end) = (wait.From, Min(to, wait.To));
                    if (end - start > Soon && HadRoom(run, plan, slots, wait.Tenant, start, end))
                    {
                        yield return new Violation(
                            $"the job was due and {plan.Name} had room for it from {History.Show(start)} to {History.Show(end)}, and it was not started",
                            end, wait.Job, plan.Name);
                    }
                }
            }
        }
    }

    /// <summary>The times that jobs were due and not started.</summary>
    private static IEnumerable<Wait> Waits(Run run, ClassPlan plan)
    {
        var waiting = new Dictionary<JobId, (DateTimeOffset Since, DateTimeOffset From, string Tenant)>();
        foreach (var happened in run.History.OfType<Stored>().Where(write => write.Row.JobClass == plan.Name))
        {
            var row = happened.Row;
            if (waiting.Remove(row.Id, out var known))
            {
                yield return new Wait(row.Id, known.Tenant, known.Since, known.From, happened.At);
            }

            if (row.State is JobState.Scheduled or JobState.Queued or JobState.Retrying)
            {
                waiting[row.Id] = (happened.At, Max(row.DueAt, happened.At), row.Tenant);
            }
        }
    }

    private static bool HadRoom(
        Run run, ClassPlan plan, IReadOnlyList<Slot> slots, string tenant, DateTimeOffset from, DateTimeOffset to)
    {
        // Between two ends of leases a class only gets fuller, so the fullest moments are those at which a slot is taken.
        var (up, settings, pools) = State(run, plan, from);
        if (settings is not { Paused: false, Rate.IsUnlimited: true })
        {
            return false;
        }

        var moments = slots.Select(slot => slot.Grant.At).Where(at => at > from && at < to).Prepend(from);
        return moments.All(at =>
        {
            var taken = slots.Where(slot => slot.Grant.At <= at && !(slot.FreeAt + TimeSpan.FromMilliseconds(100) < at)).ToList();
            return (settings.MaxConcurrentJobs == 0 || taken.Count < settings.MaxConcurrentJobs)
                && (settings.MaxConcurrentJobsPerTenant == 0 || taken.Count(slot => slot.Grant.Tenant == tenant) < settings.MaxConcurrentJobsPerTenant)
                && up.Any(silo => taken.Count(slot => slot.Grant.To == silo) < pools.GetValueOrDefault(silo));
        });
    }

    private static (HashSet<string> Up, JobClassSettings? Settings, Dictionary<string, int> Pools) State(Run run, ClassPlan plan, DateTimeOffset at)
    {
        var silos = new SiloWatch();
        JobClassSettings? settings = null;
        var pools = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var happened in run.History.TakeWhile(happened => happened.At <= at))
        {
            silos.See(happened);
            settings = happened is LimitsInForce limits && limits.JobClass == plan.Name ? limits.Settings : settings;
            if (happened is PoolLimit pool && pool.JobClass == plan.Name)
            {
                pools[pool.Actor] = pool.Slots;
            }
        }

        return (silos.Up, settings, pools);
    }

    private static DateTimeOffset Max(DateTimeOffset x, DateTimeOffset y) => x > y ? x : y;

    private static DateTimeOffset Min(DateTimeOffset x, DateTimeOffset y) => x < y ? x : y;

    private sealed record Wait(JobId Job, string Tenant, DateTimeOffset Since, DateTimeOffset From, DateTimeOffset To);
}
