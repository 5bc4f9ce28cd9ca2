using OrleansJobs.Core.Limits;

namespace OrleansJobs.Core.Dispatch;

/// <summary>Says in a sentence why a job does not run: the first reason that holds.</summary>
internal static class Explanation
{
    public static JobWait Of(WaitingJob job, WaitFacts facts) =>
        Leased(facts) ?? NotDue(job, facts) ?? Paused(facts) ?? Recovering(facts) ?? NoSilo(facts) ?? ClassCap(facts)
        ?? TenantCap(job, facts) ?? OverRate(facts) ?? PoolFull(facts) ?? Share(job, facts)
        ?? new JobWait(WaitReason.Dispatching, "Nothing holds the job back: it goes to the next silo that asks.");

    private static JobWait? Leased(WaitFacts facts) => facts.LeasedTo is { } silo
        ? new JobWait(WaitReason.Dispatching, $"The job has been handed to silo {silo}.")
        : null;

    private static JobWait? NotDue(WaitingJob job, WaitFacts facts) => job.DueAt > facts.Now
        ? new JobWait(WaitReason.NotDue, $"The job is due at {Show(job.DueAt)}.", job.DueAt)
        : null;

    private static JobWait? Paused(WaitFacts facts) => facts.Settings.Paused
        ? new JobWait(WaitReason.Paused, $"The class is paused (due jobs in memory: {facts.WaitingDue}).")
        : null;

    private static JobWait? Recovering(WaitFacts facts) => facts.Recovery is { } recovery
        ? new JobWait(
            WaitReason.Dispatching,
            $"The dispatcher has just started and waits until every silo has said what it runs ({recovery.Awaited.Count} missing), at the longest until {Show(recovery.EndsAt)}.",
            recovery.EndsAt)
        : null;

    private static JobWait? NoSilo(WaitFacts facts)
    {
        var connected = facts.Silos.Count(silo => silo.IsConnected);
        return facts.Silos.Any(silo => silo.Serves)
            ? null
            : new JobWait(
                facts.Overstaying > 0 ? WaitReason.PoolFull : WaitReason.NoSilo,
                connected == 0
                    ? "No silo that runs the class is connected."
                    : $"None of {connected} connected silos takes jobs of the class: they drain, have no permits, or keep their process for a suspected job.{Overstays(facts)}");
    }

    private static JobWait? ClassCap(WaitFacts facts) =>
        new ConcurrencyLimit(facts.Settings.MaxConcurrentJobs).Allows(facts.Running)
            ? null
            : new JobWait(
                WaitReason.ClassCap, $"{facts.Running} of {facts.Settings.MaxConcurrentJobs} jobs of the class run in the cluster.{Overstays(facts)}");

    private static JobWait? TenantCap(WaitingJob job, WaitFacts facts)
    {
        var running = facts.Tenant?.Running ?? 0;
        return new ConcurrencyLimit(facts.Settings.MaxConcurrentJobsPerTenant).Allows(running)
            ? null
            : new JobWait(
                WaitReason.TenantCap,
                $"{running} of {facts.Settings.MaxConcurrentJobsPerTenant} jobs of tenant '{job.Tenant}' run in the cluster.{Overstays(facts, job.Tenant)}");
    }

    private static JobWait? OverRate(WaitFacts facts) => facts.NextTokenAt > facts.Now
        ? new JobWait(
            WaitReason.Rate,
            $"The class has used up its rate of {facts.Settings.Rate}; the next start is possible at {Show(facts.NextTokenAt)}.",
            facts.NextTokenAt)
        : null;

    private static JobWait? PoolFull(WaitFacts facts)
    {
        var serving = facts.Silos.Where(silo => silo.Serves).ToList();
        return serving.Exists(silo => silo.Free > 0)
            ? null
            : new JobWait(
                WaitReason.PoolFull,
                $"All {serving.Sum(silo => silo.Permits)} permits of {serving.Count} silos are taken (due jobs in memory: {facts.WaitingDue}).{Overstays(facts)}");
    }

    private static JobWait? Share(WaitingJob job, WaitFacts facts)
    {
        var free = facts.Silos.Where(silo => silo.Serves).Sum(silo => Math.Max(0, silo.Free));
        if (facts.WaitingDue <= free && facts.Tenant?.Window.IsSpilled != true)
        {
            return null;
        }

        var (waiting, running) = (facts.Tenant?.Window.Total ?? 0, facts.Tenant?.Running ?? 0);
        return new JobWait(
            WaitReason.TenantShare,
            $"{facts.WaitingDue} due jobs of {facts.WaitingTenants} tenants share {free} free slots; "
            + $"tenant '{job.Tenant}' (weight {facts.Settings.WeightOf(job.Tenant)}) runs {running} and has {waiting} waiting in memory.");
    }

    /// <summary>Names the handler that has held a slot for the longest time without a lease; empty if there is none.</summary>
    private static string Overstays(WaitFacts facts, string? tenant = null)
    {
        if (facts.Overstaying == 0 || Dispatch.Overstays.Oldest(facts.Silos, tenant) is not { } oldest)
        {
            return "";
        }

        var seconds = Math.Max(0, (long)(facts.Now - oldest.Since).TotalSeconds);
        return oldest.IsTold
            ? $" A handler ignores its timeout or that it was stopped: job {oldest.Handler.JobId} has held a slot for {seconds} s since its lease ended."
            : $" The silo of job {oldest.Handler.JobId}, whose lease ended {seconds} s ago, has not said yet whether its handler has returned.";
    }

    private static string Show(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'");
}
