using OrleansJobs.Client.Grains;

namespace OrleansJobs.Client;

/// <summary>What operators see of a cluster's grid, over an Orleans client: from outside the cluster, or inside a silo.</summary>
public sealed class OrleansGridMonitor : IGridMonitor
{
    private readonly IGridGrain _grid;

    /// <summary>Makes a monitor of the grid that the grain factory reaches.</summary>
    public OrleansGridMonitor(IGrainFactory grains)
    {
        ArgumentNullException.ThrowIfNull(grains);
        _grid = grains.GetGrain<IGridGrain>(0);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClassOverview>> GetOverviewAsync(CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(_grid.GetOverviewsAsync(), cancellationToken);

    /// <inheritdoc/>
    public Task<ClassOverview> GetOverviewAsync(string jobClass, CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(_grid.GetOverviewAsync(jobClass), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TenantUse>> GetTenantsAsync(string jobClass, CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(_grid.GetTenantsAsync(jobClass), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ErrorGroup>> GetErrorsAsync(string jobClass, CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(_grid.GetErrorsAsync(jobClass), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SiloOverview>> GetSilosAsync(CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(_grid.GetSilosAsync(), cancellationToken);

    /// <inheritdoc/>
    public Task DrainSiloAsync(string silo, CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(_grid.DrainSiloAsync(silo), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<GrainActivity>> GetGrainsAsync(CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(_grid.GetGrainsAsync(), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobLogLine>> ReadLogAsync(
        JobId id, long after, int limit, CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(_grid.ReadLogAsync(id, after, limit), cancellationToken);
}
