using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Simulation.Engine;
using OrleansJobs.Simulation.Storage;

namespace OrleansJobs.Simulation.Shell;

/// <summary>Brings the core's dispatcher what it asks for: from the store, and from the jobs' grains.</summary>
internal sealed class DispatcherFeed(DispatcherActivation dispatcher, Dispatcher core, string jobClass)
{
    private const int CatchUpPage = 40;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private Silo Silo => dispatcher.Silo;

    private SimulatedStore Store => Silo.World.Store;

    /// <summary>Tells a new dispatcher which jobs run, and has all waiting jobs read.</summary>
    public void Rebuild(Action done, Action failed) => ReadRunning(
        null,
        Recover,
        () => ReadTenants(
            null,
            () =>
            {
                core.MarkDueSpilled();
                done();
            },
            failed),
        failed);

    /// <summary>As <see cref="Rebuild"/>, beside a dispatcher that goes on; of a job that is not known only a second look is believed.</summary>
    public void Reconcile(Action<bool> done, Action failed)
    {
        var unknown = new List<JobRecord>();
        ReadRunning(
            null,
            job =>
            {
                if (!core.IsLeased(job.Id))
                {
                    unknown.Add(job);
                }
                else if (job.CancelRequested)
                {
                    core.RequestStop(job.Id, job.LeaseToken);
                }
            },
            () => ReadTenants(null, SecondLook, failed),
            failed);

        void SecondLook()
        {
            if (unknown.Count == 0)
            {
                done(true);
            }
            else
            {
                Silo.After(Times.SecondLookDelay, () => LookAgain(unknown, 0, isClear: true, done, failed));
            }
        }
    }

    public void Read(PageRequest page, Action done)
    {
        if (page is TenantsPage names)
        {
            Read(page, table => table.Tenants(jobClass, names.After, names.Limit), tenants => core.AcceptTenants(names, tenants, Silo.Now), done);
        }
        else
        {
            Read(page, table => Waiting(table, page), jobs => core.AcceptPage(page, jobs, Silo.Now), done);
        }
    }

    private void Read<T>(PageRequest page, Func<JobTable, T> read, Action<T> accept, Action done) => Store.Read(
        Silo,
        read,
        found =>
        {
            accept(found);
            done();
        },
        () =>
        {
            core.PageFailed(page, Silo.Now);
            done();
        });

    private IReadOnlyList<WaitingJob> Waiting(JobTable table, PageRequest page) => page switch
    {
        TenantPage tenant => table.Waiting(jobClass, tenant.Tenant, tenant.After, tenant.DueBy, tenant.Limit),
        DuePage due => table.Due(jobClass, due.AfterDue, due.AfterId, due.Limit),
        _ => throw new ArgumentException($"There is no page of type {page.GetType().Name}.", nameof(page)),
    };

    /// <summary>Has the job's grain end the lease; goes on until it answers.</summary>
    public void Expire(ExpiringLease expiring, Action<WaitingJob?> done) => Expire(expiring, done, FirstPause);

    private void Expire(ExpiringLease expiring, Action<WaitingJob?> done, TimeSpan pause) => Silo.World.Grains.Call<JobActivation, ExpireReply>(
        Silo,
        GrainKey.Of(expiring.Lease.Job.Id),
        (job, responder) => job.Expire(expiring.Silo, expiring.LeaseToken, expiring.SiloIsDead, responder),
        reply => done(reply.Again),
        () => Silo.After(pause, () =>
        {
            if (!dispatcher.IsOver)
            {
                Expire(expiring, done, pause * 2 < LongestPause ? pause * 2 : LongestPause);
            }
        }));

    private void ReadRunning(JobId? after, Action<JobRecord> take, Action done, Action failed) => Store.Read(
        Silo,
        table => table.Running(jobClass, after, CatchUpPage),
        page =>
        {
            foreach (var job in page)
            {
                take(job);
            }

            if (page.Count == CatchUpPage)
            {
                ReadRunning(page[^1].Id, take, done, failed);
            }
            else
            {
                done();
            }
        },
        failed);

    private void ReadTenants(string? after, Action done, Action failed) => Store.Read(
        Silo,
        table => table.Tenants(jobClass, after, CatchUpPage),
        page =>
        {
            foreach (var tenant in page)
            {
                core.AddSpilledTenant(tenant);
            }

            if (page.Count == CatchUpPage)
            {
                ReadTenants(page[^1], done, failed);
            }
            else
            {
                done();
            }
        },
        failed);

    private void LookAgain(List<JobRecord> seen, int index, bool isClear, Action<bool> done, Action failed)
    {
        if (index == seen.Count)
        {
            done(isClear);
            return;
        }

        Store.Read(
            Silo,
            table => table.Find(seen[index].Id),
            job =>
            {
                if (job is { State: JobState.Running } && job.LeaseToken == seen[index].LeaseToken)
                {
                    Recover(job);
                }
                else if (job is { State: JobState.Running })
                {
                    isClear &= core.IsLeased(job.Id);
                }
                else if (job is not null)
                {
                    core.Add(job.ToWaiting(), Silo.Now);
                }

                LookAgain(seen, index + 1, isClear, done, failed);
            },
            failed);
    }

    private void Recover(JobRecord job)
    {
        var silo = job.Silo ?? "";
        core.Recover(job.Id, silo, Silo.Dead.Contains(silo), job.LeaseToken, job.ToWaiting(), job.StartedAt ?? Silo.Now, Silo.Now);
        if (job.CancelRequested)
        {
            core.RequestStop(job.Id, job.LeaseToken);
        }
    }
}
