using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Workers.Diagnostics;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>Brings the core's dispatcher what it asks for: from the store, and from the jobs' authority.</summary>
internal sealed partial class DispatcherFeed(
    Dispatcher core, IDispatcherHost host, DispatcherServices services, SteadyClock clock, string jobClass)
{
    private const int CatchUpPage = 1_000;
    private static readonly TimeSpan SecondLookDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private DateTimeOffset Now => clock.Now;

    /// <summary>Tells a new dispatcher which jobs run, and has all waiting jobs read from the store.</summary>
    public async Task RebuildAsync()
    {
        await ReadRunningAsync(Recover);
        await ReadNeverDueAsync();
        await ReadTenantsAsync();
        core.MarkDueSpilled();
    }

    /// <summary>
    /// Tells the dispatcher of running jobs that it does not know or that are to be cancelled, and has the waiting jobs of every tenant read again. A job that runs in
    /// one reading may have ended by the time that it is told of; only one that still runs a moment later is believed.
    /// </summary>
    /// <returns>False if somebody else moves a job meanwhile, so that another look is needed.</returns>
    public async Task<bool> ReconcileAsync()
    {
        var unknown = new List<JobRecord>();
        await ReadRunningAsync(job =>
        {
            if (!core.IsLeased(job.Id))
            {
                unknown.Add(job);
            }
            else if (job.CancelRequested)
            {
                core.RequestStop(job.Id, job.LeaseToken);
            }
        });
        await ReadNeverDueAsync();
        await ReadTenantsAsync();
        if (unknown.Count == 0)
        {
            return true;
        }

        await Task.Delay(SecondLookDelay, services.Time);
        return await LookAgainAsync(unknown);
    }

    /// <summary>Reads a page that the core asked for.</summary>
    public async Task ReadAsync(PageRequest page)
    {
        try
        {
            if (page is TenantsPage tenants)
            {
                core.AcceptTenants(tenants, await services.Store.ReadTenantsAsync(jobClass, tenants.After, tenants.Limit), Now);
                return;
            }

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
                using var scope = services.Logger.BeginScope(new JobScope(expiring.Lease.Job.Id, jobClass, silo: expiring.Silo));
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

    private async Task<bool> LookAgainAsync(List<JobRecord> seen)
    {
        var isClear = true;
        foreach (var before in seen)
        {
            switch (await services.Store.FindAsync(before.Id))
            {
                case { State: JobState.Running } job when job.LeaseToken == before.LeaseToken:
                    Recover(job);
                    break;
                case { State: JobState.Running } job:
                    isClear &= core.IsLeased(job.Id);
                    break;
                case { } job:
                    // It may have run while the waiting jobs were read.
                    core.Add(job.ToWaiting(), Now);
                    break;
            }
        }

        return isClear;
    }

    private void Recover(JobRecord job)
    {
        var silo = job.Silo ?? "";
        core.Recover(job.Id, silo, services.DeadSilos.IsDead(silo), job.LeaseToken, job.ToWaiting(), job.StartedAt ?? Now, Now);
        if (job.CancelRequested)
        {
            core.RequestStop(job.Id, job.LeaseToken);
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

    /// <summary>
    /// Jobs with a due time that never comes, which another program wrote, are offered at once and first: their start finds what is wrong, and
    /// makes them dead letters. Before tenants have jobs that are left to the store, because the store would not give these.
    /// </summary>
    private async Task ReadNeverDueAsync()
    {
        foreach (var job in await services.Store.ReadDueAsync(jobClass, StoredTime.Latest, null, CatchUpPage))
        {
            core.Add(job with { DueAt = Now, State = JobState.Queued, Priority = JobLimits.MaxPriority }, Now);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dispatcher of '{JobClass}' could not read waiting jobs; trying again.")]
    private static partial void LogPageFailed(ILogger logger, Exception exception, string jobClass);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of job {JobId} could not be ended yet; trying again.")]
    private static partial void LogExpireFailed(ILogger logger, Exception exception, JobId jobId);
}
