using OrleansJobs.Core.Dispatch;
using OrleansJobs.Engine.Dispatch;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>The way to the dispatcher grains.</summary>
internal sealed class GrainDispatchers(DispatcherGrains dispatchers) : IDispatchers
{
    public Task NotifyAsync(string jobClass, DispatcherNotice notice) => dispatchers.Of(jobClass).NotifyAsync(notice);

    public Task ApplyAsync(string jobClass, JobClassSettings settings) => dispatchers.Of(jobClass).ApplyAsync(settings);

    public Task ReconcileAsync(string jobClass) => dispatchers.Of(jobClass).ReconcileAsync();

    public Task<JobClassStatus> GetStatusAsync(string jobClass) => dispatchers.Of(jobClass).GetStatusAsync();

    public Task<ClassOverview> GetOverviewAsync(string jobClass, JobCounts stored) => dispatchers.Of(jobClass).GetOverviewAsync(stored);

    public Task<IReadOnlyList<TenantUse>> GetTenantsAsync(string jobClass) => dispatchers.Of(jobClass).GetTenantsAsync();

    public Task<IReadOnlyList<ErrorGroup>> GetErrorsAsync(string jobClass) => dispatchers.Of(jobClass).GetErrorsAsync();

    public Task<JobWait> ExplainAsync(string jobClass, WaitingJob job) => dispatchers.Of(jobClass).ExplainAsync(job);

    public Task<long> WaitForFinishedAsync(string jobClass, long seen, TimeSpan waitUpTo) => dispatchers.Of(jobClass).WaitForFinishedAsync(seen, waitUpTo);
}
