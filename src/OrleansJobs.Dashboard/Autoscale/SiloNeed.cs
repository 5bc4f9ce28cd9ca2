namespace OrleansJobs.Dashboard.Autoscale;

/// <summary>How many silos a class could use now, for an autoscaler.</summary>
/// <param name="JobClass">The class.</param>
/// <param name="Backlog">Jobs that are due and wait.</param>
/// <param name="Running">Slots that are taken.</param>
/// <param name="Permits">Slots that there are, without those of silos that drain.</param>
/// <param name="DesiredSilos">Silos that would do; at least 1.</param>
internal sealed record SiloNeed(string JobClass, long Backlog, long Running, int Permits, int DesiredSilos)
{
    /// <summary>
    /// The need of a class: silos for all that runs and waits, with so many jobs on each. Never fewer than what runs now needs, so that scaling
    /// down interrupts nothing that the next look would start again; and no more than the class's own limit can use: of the jobs beyond
    /// <see cref="JobClassSettings.MaxConcurrentJobs"/>, and of a paused class's backlog, another silo would start none.
    /// </summary>
    /// <param name="status">The class as it stands.</param>
    /// <param name="jobsPerSilo">
    /// Jobs, running and waiting, that one silo is to have; null for as many as it runs at once. More than that means a backlog that is bearable.
    /// </param>
    public static SiloNeed Of(JobClassStatus status, int? jobsPerSilo)
    {
        var settings = status.Settings;
        var slots = Math.Max(1, settings.MaxLocalWorkers);
        var running = Math.Max(status.Counts.Running, status.Pools.Sum(pool => (long)pool.Running));
        var wanted = running + (settings.Paused ? 0 : status.Counts.Queued);
        var usable = settings.MaxConcurrentJobs > 0 ? Math.Min(wanted, Math.Max(running, settings.MaxConcurrentJobs)) : wanted;
        var silos = Math.Max(Silos(usable, jobsPerSilo ?? slots), Silos(running, slots));
        return new SiloNeed(
            status.JobClass,
            status.Counts.Queued,
            running,
            status.Pools.Where(pool => !pool.Draining).Sum(pool => pool.Permits),
            (int)Math.Clamp(silos, 1, int.MaxValue));
    }

    private static long Silos(long jobs, int each) => (jobs + each - 1) / each;
}
