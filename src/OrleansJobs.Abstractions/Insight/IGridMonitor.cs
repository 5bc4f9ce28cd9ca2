namespace OrleansJobs;

/// <summary>
/// What operators see of a grid beside its jobs: what each class did, where its bottleneck is, and how the silos are. Every engine gives
/// this interface. All figures are kept as jobs move, never by counting rows. Calls throw <see cref="GridUnavailableException"/> when the
/// grid cannot be reached or its store does not answer.
/// </summary>
public interface IGridMonitor
{
    /// <summary>All classes as they stand, each with what it did lately.</summary>
    Task<IReadOnlyList<ClassOverview>> GetOverviewAsync(CancellationToken cancellationToken = default);

    /// <summary>One class as it stands, with what it did lately.</summary>
    /// <exception cref="UnknownJobClassException">The grid has no such class.</exception>
    Task<ClassOverview> GetOverviewAsync(string jobClass, CancellationToken cancellationToken = default);

    /// <summary>
    /// The tenants of a class with the most starts and waiting jobs, at most <see cref="InsightLimits.MaxTenantsShown"/>, the busiest first.
    /// </summary>
    /// <exception cref="UnknownJobClassException">The grid has no such class.</exception>
    Task<IReadOnlyList<TenantUse>> GetTenantsAsync(string jobClass, CancellationToken cancellationToken = default);

    /// <summary>
    /// The kinds of failure of a class's attempts, the most frequent first, at most <see cref="InsightLimits.MaxErrorGroups"/>. Counted
    /// from <see cref="JobClassStatus.Since"/>.
    /// </summary>
    /// <exception cref="UnknownJobClassException">The grid has no such class.</exception>
    Task<IReadOnlyList<ErrorGroup>> GetErrorsAsync(string jobClass, CancellationToken cancellationToken = default);

    /// <summary>The silos that are up, by name.</summary>
    Task<IReadOnlyList<SiloOverview>> GetSilosAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Has a silo take no more jobs, for as long as it lives; what it runs goes on. Answers when the silo has heard. Draining a silo that
    /// drains changes nothing.
    /// </summary>
    /// <exception cref="InvalidRequestException">No such silo is up.</exception>
    Task DrainSiloAsync(string silo, CancellationToken cancellationToken = default);

    /// <summary>What the engine keeps in memory, by kind of grain and silo; empty for an engine without grains.</summary>
    Task<IReadOnlyList<GrainActivity>> GetGrainsAsync(CancellationToken cancellationToken = default);

    /// <summary>Lines that the attempts of a job have logged, oldest first.</summary>
    /// <param name="id">The job.</param>
    /// <param name="after">The last <see cref="JobLogLine.Sequence"/> that was read; 0 for the beginning.</param>
    /// <param name="limit">Lines at most, from 1 to <see cref="JobLimits.MaxPageSize"/>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The lines; none for a job that the grid does not know.</returns>
    Task<IReadOnlyList<JobLogLine>> ReadLogAsync(JobId id, long after, int limit, CancellationToken cancellationToken = default);
}
