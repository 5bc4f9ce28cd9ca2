using OrleansJobs.Core.Dispatch;
using OrleansJobs.Embedded.Classes;
using OrleansJobs.Embedded.Jobs;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Embedded.Dispatch;

/// <summary>The dispatchers of this process, one for each class, from its start to its stop.</summary>
internal sealed class EmbeddedDispatchers(JobClassRegistry classes) : IDispatchers, IDispatcherPort, IDisposable
{
    private Dictionary<string, EmbeddedDispatcher> _dispatchers = [];

    /// <summary>Begins the life of every dispatcher.</summary>
    /// <exception cref="GridUnavailableException">The store does not answer.</exception>
    public async Task BeginAsync(EmbeddedJobs jobs, EmbeddedClassSettings settings, DispatcherServices services)
    {
        _dispatchers = classes.All.ToDictionary(
            jobClass => jobClass.Name, jobClass => new EmbeddedDispatcher(jobClass.Name, jobs, settings, services), StringComparer.Ordinal);
        await Task.WhenAll(_dispatchers.Values.Select(dispatcher => dispatcher.BeginAsync()));
    }

    /// <summary>Ends their lives; whoever waits for them is answered.</summary>
    public Task EndAsync() => Task.WhenAll(_dispatchers.Values.Select(dispatcher => dispatcher.EndAsync()));

    public Task<ExchangeReply> ExchangeAsync(string jobClass, ExchangeRequest request, bool wait) => Of(jobClass).ExchangeAsync(request, wait);

    public Task NotifyAsync(string jobClass, DispatcherNotice notice) => Of(jobClass).NotifyAsync(notice);

    public Task ApplyAsync(string jobClass, JobClassSettings settings) => Of(jobClass).ApplyAsync(settings);

    public Task ReconcileAsync(string jobClass) => Of(jobClass).ReconcileAsync();

    public Task<JobClassStatus> GetStatusAsync(string jobClass) => Of(jobClass).GetStatusAsync();

    public Task<ClassOverview> GetOverviewAsync(string jobClass, JobCounts stored) => Of(jobClass).GetOverviewAsync(stored);

    public Task<IReadOnlyList<TenantUse>> GetTenantsAsync(string jobClass) => Of(jobClass).GetTenantsAsync();

    public Task<IReadOnlyList<ErrorGroup>> GetErrorsAsync(string jobClass) => Of(jobClass).GetErrorsAsync();

    public Task<JobWait> ExplainAsync(string jobClass, WaitingJob job) => Of(jobClass).ExplainAsync(job);

    public Task<long> WaitForFinishedAsync(string jobClass, long seen, TimeSpan waitUpTo) => Of(jobClass).WaitForFinishedAsync(seen, waitUpTo);

    public void Dispose()
    {
        foreach (var dispatcher in _dispatchers.Values)
        {
            dispatcher.Dispose();
        }
    }

    private EmbeddedDispatcher Of(string jobClass) =>
        _dispatchers.TryGetValue(jobClass, out var dispatcher) ? dispatcher : throw new UnknownJobClassException(jobClass);
}
