using OrleansJobs.Embedded.Silos;
using OrleansJobs.Engine.Reading;
using OrleansJobs.Workers.Agents;
using OrleansJobs.Workers.Diagnostics;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Embedded.Client;

/// <summary>What operators see of the grid of this process, which is its only silo.</summary>
internal sealed class EmbeddedGridMonitor(
    GridLife life, GridReader reader, SiloReport report, SiloAgent agent, LocalSilo self) : IGridMonitor
{
    public Task<IReadOnlyList<ClassOverview>> GetOverviewAsync(CancellationToken cancellationToken = default) =>
        AskAsync(reader.GetOverviewAsync, cancellationToken);

    public Task<ClassOverview> GetOverviewAsync(string jobClass, CancellationToken cancellationToken = default) =>
        AskAsync(() => reader.GetOverviewAsync(jobClass), cancellationToken);

    public Task<IReadOnlyList<TenantUse>> GetTenantsAsync(string jobClass, CancellationToken cancellationToken = default) =>
        AskAsync(() => reader.GetTenantsAsync(jobClass), cancellationToken);

    public Task<IReadOnlyList<ErrorGroup>> GetErrorsAsync(string jobClass, CancellationToken cancellationToken = default) =>
        AskAsync(() => reader.GetErrorsAsync(jobClass), cancellationToken);

    public Task<IReadOnlyList<SiloOverview>> GetSilosAsync(CancellationToken cancellationToken = default) =>
        AskAsync<IReadOnlyList<SiloOverview>>(() => Task.FromResult<IReadOnlyList<SiloOverview>>([report.Make() with { Dispatchers = [.. agent.Pools.Select(pool => pool.JobClass)] }]), cancellationToken);

    public Task DrainSiloAsync(string silo, CancellationToken cancellationToken = default) => AskAsync(
        () =>
        {
            if (!string.Equals(silo, self.Name, StringComparison.Ordinal))
            {
                throw new InvalidRequestException($"No silo '{silo}' is up; this process is '{self.Name}'.");
            }

            agent.StopLeasing();
            return Task.FromResult(true);
        },
        cancellationToken);

    public Task<IReadOnlyList<GrainActivity>> GetGrainsAsync(CancellationToken cancellationToken = default) =>
        AskAsync(() => Task.FromResult<IReadOnlyList<GrainActivity>>([]), cancellationToken);

    public Task<IReadOnlyList<JobLogLine>> ReadLogAsync(
        JobId id, long after, int limit, CancellationToken cancellationToken = default) =>
        AskAsync(() => reader.ReadLogAsync(id, after, limit), cancellationToken);

    /// <summary>Whoever stops waiting does not stop what was asked.</summary>
    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        life.Check();
        return await ask().WaitAsync(cancellationToken);
    }
}
