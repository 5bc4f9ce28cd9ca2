using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Grains.Jobs;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>Brings the core's dispatcher what it asks for: from the store, and from the job grains.</summary>
internal sealed partial class DispatcherFeed(Dispatcher core, DispatcherServices services, string jobClass)
{
    private const int RebuildPage = 1_000;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private DateTimeOffset Now => services.Time.GetUtcNow();

    /// <summary>Tells the new dispatcher which jobs run and which tenants have waiting jobs.</summary>
    public async Task RebuildAsync(IReadOnlySet<string> liveSilos)
    {
        JobId? after = null;
        IReadOnlyList<JobRecord> page;
        do
        {
            page = await services.Store.ReadRunningAsync(jobClass, after, RebuildPage);
            foreach (var job in page)
            {
                core.Recover(job.ToWaiting(), job.Silo ?? "", job.LeaseToken, job.StartedAt ?? Now, liveSilos.Contains(job.Silo ?? ""), Now);
                after = job.Id;
            }
        }
        while (page.Count == RebuildPage);
        await ReconcileAsync();
    }

    /// <summary>Has every tenant with waiting jobs read from the store again.</summary>
    public async Task ReconcileAsync()
    {
        string? after = null;
        IReadOnlyList<string> tenants;
        do
        {
            tenants = await services.Store.ReadTenantsAsync(jobClass, after, RebuildPage);
            foreach (var tenant in tenants)
            {
                core.AddSpilledTenant(tenant);
                after = tenant;
            }
        }
        while (tenants.Count == RebuildPage);
        core.MarkDueSpilled();
    }

    /// <summary>Reads a page that the core asked for.</summary>
    public async Task ReadAsync(PageRequest page)
    {
        try
        {
            var jobs = page switch
            {
                TenantPage tenant => await services.Store.ReadWaitingAsync(
                    jobClass, tenant.Tenant, tenant.After, tenant.DueBy, tenant.Limit),
                DuePage due => await services.Store.ReadDueAsync(jobClass, due.AfterDue, due.AfterId, due.Limit),
                _ => throw new ArgumentException($"There is no page of type {page.GetType().Name}.", nameof(page)),
            };
            core.AcceptPage(page, jobs, Now);
        }
        catch (Exception exception)
        {
            LogPageFailed(services.Logger, exception, jobClass);
            core.PageFailed(page, Now);
        }
    }

    /// <summary>Has the job's grain end the lease; goes on trying until it answers.</summary>
    public async Task<(WaitingJob? Again, bool Finished)> ExpireAsync(ExpiringLease expiring, CancellationToken stopping)
    {
        var pause = FirstPause;
        while (true)
        {
            try
            {
                var reply = await services.Job(expiring.Lease.Job.Id).ExpireAsync(expiring.Silo, expiring.LeaseToken);
                return (reply.Again, reply.Finished);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                LogExpireFailed(services.Logger, exception, expiring.Lease.Job.Id);
            }

            await Task.Delay(pause, services.Time, stopping);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dispatcher of '{JobClass}' could not read waiting jobs; trying again.")]
    private static partial void LogPageFailed(ILogger logger, Exception exception, string jobClass);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of job {JobId} could not be ended yet; trying again.")]
    private static partial void LogExpireFailed(ILogger logger, Exception exception, JobId jobId);
}
