using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Diagnostics;
using OrleansJobs.Embedded.Classes;
using OrleansJobs.Embedded.Jobs;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Jobs;

namespace OrleansJobs.Embedded.Dispatch;

/// <summary>The dispatcher's shell in one process: a mailbox gives its turns, and a timer of the time provider wakes it.</summary>
internal sealed class EmbeddedDispatcher : IDispatcherHost, IDisposable
{
    private readonly Mailbox _mailbox = new();
    private readonly string _jobClass;
    private readonly string _what;
    private readonly EmbeddedJobs _jobs;
    private readonly EmbeddedClassSettings _settings;
    private readonly DispatcherShell _shell;
    private readonly ILogger _logger;
    private readonly ITimer _timer;

    public EmbeddedDispatcher(string jobClass, EmbeddedJobs jobs, EmbeddedClassSettings settings, DispatcherServices services)
    {
        (_jobClass, _jobs, _settings) = (jobClass, jobs, settings);
        _shell = new DispatcherShell(jobClass, this, services);
        _what = $"The dispatcher of '{jobClass}'";
        _logger = services.Logger;
        _timer = services.Time.CreateOwnedTimer(_what, OnTimer, _logger);
    }

    /// <summary>None: the store was claimed for this process alone, so whoever held leases before is dead, and this process holds none yet.</summary>
    public IReadOnlyCollection<string> LeaseHolders => [];

    public Task BeginAsync() => _mailbox.CallAsync(_shell.BeginAsync);

    public Task EndAsync() => _mailbox.PostAsync(_shell.End);

    public Task<ExchangeReply> ExchangeAsync(ExchangeRequest request, bool wait) => _mailbox.CallAsync(() => _shell.ExchangeAsync(request, wait));

    public Task NotifyAsync(DispatcherNotice notice) => _mailbox.PostAsync(() => _shell.Notify(notice));

    public Task ApplyAsync(JobClassSettings settings) => _mailbox.PostAsync(() => _shell.Apply(settings));

    public Task ReconcileAsync() => _mailbox.PostAsync(_shell.Reconcile);

    public Task<JobClassStatus> GetStatusAsync() => _mailbox.AskAsync(_shell.GetStatus);

    public Task<ClassOverview> GetOverviewAsync(JobCounts stored) => _mailbox.AskAsync(() => _shell.GetOverview(stored));

    public Task<IReadOnlyList<TenantUse>> GetTenantsAsync() => _mailbox.AskAsync(_shell.GetTenants);

    public Task<IReadOnlyList<ErrorGroup>> GetErrorsAsync() => _mailbox.AskAsync(_shell.GetErrors);

    public Task<JobWait> ExplainAsync(WaitingJob job) => _mailbox.AskAsync(() => _shell.Explain(job));

    public Task<long> WaitForFinishedAsync(long seen, TimeSpan waitUpTo) => _mailbox.CallAsync(() => _shell.WaitForFinishedAsync(seen, waitUpTo));

    public Task<JobClassSettings> GetSettingsAsync() => _settings.GetAsync(_jobClass);

    public Task<ExpireReply> ExpireAsync(ExpiringLease lease) => _jobs.ExpireAsync(lease);

    /// <summary>Nobody else has the store, so no other life can have begun: there is nothing to give way to.</summary>
    public void Retire()
    {
    }

    public void WakeAfter(TimeSpan delay) => _timer.Change(delay, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _timer.Dispose();
        _shell.Dispose();
    }

    private void OnTimer() => _mailbox.PostAsync(_shell.Wake).Own(_what, _logger);
}
