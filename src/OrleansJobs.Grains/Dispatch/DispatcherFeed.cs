using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Grains.Jobs;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>Brings the core's dispatcher what it asks for: from the store, and from the job grains.</summary>
internal sealed partial class DispatcherFeed(Dispatcher core, DispatcherServices services, string jobClass)
{
    private const int CatchUpPage = 1_000;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private DateTimeOffset Now => services.Time.GetUtcNow();

    /// <summary>Tells the dispatcher which jobs run, and has every tenant with waiting jobs read from the store.</summary>
    public async Task CatchUpAsync()
    {
        await ReadRunningAsync();
        await ReadTenantsAsync();
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

    private async Task ReadRunningAsync()
    {
        IReadOnlyList<JobRecord> page = [];
        do
        {
            page = await services.Store.ReadRunningAsync(jobClass, page is [.., var last] ? last.Id : null, CatchUpPage);
            foreach (var job in page)
            {
                core.Recover(job.Id, job.Silo ?? "", job.LeaseToken, job.ToWaiting(), job.StartedAt ?? Now, Now);
            }
        }
        while (page.Count == CatchUpPage);
    }

    private async Task ReadTenantsAsync()
    {
        IReadOnlyList<string> page = [];
        do
        {
            page = await services.Store.ReadTenantsAsync(jobClass, page is [.., var last] ? last : null, CatchUpPage);
            foreach (var tenant in page)
            {
                core.AddSpilledTenant(tenant);
            }
        }
        while (page.Count == CatchUpPage);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dispatcher of '{JobClass}' could not read waiting jobs; trying again.")]
    private static partial void LogPageFailed(ILogger logger, Exception exception, string jobClass);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of job {JobId} could not be ended yet; trying again.")]
    private static partial void LogExpireFailed(ILogger logger, Exception exception, JobId jobId);
}
