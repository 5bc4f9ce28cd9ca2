using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>Brings the core's dispatcher what it asks for: from the store, and from the jobs' authority.</summary>
internal sealed partial class DispatcherFeed(Dispatcher core, IDispatcherHost host, DispatcherServices services, string jobClass)
{
    private const int CatchUpPage = 1_000;
    private static readonly TimeSpan SecondLookDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private DateTimeOffset Now => services.Time.GetUtcNow();

    /// <summary>Tells a new dispatcher which jobs run, and has all waiting jobs read from the store.</summary>
    public async Task RebuildAsync()
    {
        await ReadRunningAsync(Recover);
        await ReadTenantsAsync();
        core.MarkDueSpilled();
    }

    /// <summary>
    /// Tells the dispatcher of running jobs that it does not know, and has the waiting jobs of every tenant read again. A job that runs in
    /// one reading may have ended by the time that it is told of; only one that still runs a moment later is believed.
    /// </summary>
    public async Task ReconcileAsync()
    {
        var unknown = new List<JobRecord>();
        await ReadRunningAsync(job =>
        {
            if (!core.Knows(job.Id))
            {
                unknown.Add(job);
            }
        });
        await ReadTenantsAsync();
        if (unknown.Count > 0)
        {
            await Task.Delay(SecondLookDelay, services.Time);
            await RecoverStillRunningAsync(unknown);
        }
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

    /// <summary>Has the job's authority end the lease; goes on trying until it answers.</summary>
    public async Task<(WaitingJob? Again, bool Finished)> ExpireAsync(ExpiringLease expiring, CancellationToken stopping)
    {
        var pause = FirstPause;
        while (true)
        {
            try
            {
                var reply = await host.ExpireAsync(expiring);
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

    private async Task ReadRunningAsync(Action<JobRecord> take)
    {
        IReadOnlyList<JobRecord> page = [];
        do
        {
            page = await services.Store.ReadRunningAsync(jobClass, page is [.., var last] ? last.Id : null, CatchUpPage);
            foreach (var job in page)
            {
                take(job);
            }
        }
        while (page.Count == CatchUpPage);
    }

    private async Task RecoverStillRunningAsync(List<JobRecord> seen)
    {
        foreach (var before in seen)
        {
            if (await services.Store.FindAsync(before.Id) is { State: JobState.Running } job && job.LeaseToken == before.LeaseToken)
            {
                Recover(job);
            }
        }
    }

    private void Recover(JobRecord job)
    {
        core.Recover(job.Id, job.Silo ?? "", job.LeaseToken, job.ToWaiting(), job.StartedAt ?? Now, Now);
        if (job.CancelRequested)
        {
            core.RequestStop(job.Id);
        }
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
