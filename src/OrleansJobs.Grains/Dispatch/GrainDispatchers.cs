using OrleansJobs.Core.Dispatch;
using OrleansJobs.Engine.Dispatch;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>The way to the dispatcher grains.</summary>
internal sealed class GrainDispatchers(IGrainFactory grains) : IDispatchers
{
    public Task NotifyAsync(string jobClass, DispatcherNotice notice) => Of(jobClass).NotifyAsync(notice);

    public Task ApplyAsync(string jobClass, JobClassSettings settings) => Of(jobClass).ApplyAsync(settings);

    public Task ReconcileAsync(string jobClass) => Of(jobClass).ReconcileAsync();

    public Task<JobClassStatus> GetStatusAsync(string jobClass) => Of(jobClass).GetStatusAsync();

    public Task<JobWait> ExplainAsync(string jobClass, WaitingJob job) => Of(jobClass).ExplainAsync(job);

    public Task<long> WaitForFinishedAsync(string jobClass, long seen, TimeSpan waitUpTo) => Of(jobClass).WaitForFinishedAsync(seen, waitUpTo);

    private IDispatcherGrain Of(string jobClass) => grains.GetGrain<IDispatcherGrain>(jobClass);
}
