using System.Threading.Channels;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage;

namespace OrleansJobs.Benchmarks.Scenarios.Storage;

/// <summary>
/// A life of the core's dispatcher on a store, as a shell would drive it: one mailbox, pages read beside it, and a silo whose slots read,
/// start and ack the jobs that are leased to them.
/// </summary>
internal sealed class BacklogDispatch(IJobStore store, DispatcherOptions options)
{
    private const string Silo = "bench";
    private const int Permits = 512;

    private readonly Channel<Action> _mailbox = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<LeaseCompletion> _completions = [];
    private int _left;
    private int _running;
    private int _reading;

    /// <summary>The dispatcher; the only thing of a life that is left when its memory is measured.</summary>
    public Dispatcher Core { get; } =
        new(BacklogFill.JobClass, 1, BacklogFill.Settings, options, TimeProvider.System.GetUtcNow(), activeSilos: []);

    /// <summary>Jobs that were started, by tenant.</summary>
    public Dictionary<string, int> Started { get; } = new(StringComparer.Ordinal);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Names every tenant to the dispatcher, as a shell does when it begins, and reads the pages that it wants then.</summary>
    public async Task RebuildAsync()
    {
        string? after = null;
        while (await store.ReadTenantsAsync(BacklogFill.JobClass, after, options.PageSize) is { Count: > 0 } names)
        {
            foreach (var name in names)
            {
                Core.AddSpilledTenant(name);
            }

            after = names[^1];
        }

        await ActAsync(() => _reading > 0);
    }

    /// <summary>Has so many jobs leased, started and acked.</summary>
    public async Task RunAsync(int jobs)
    {
        _left = jobs;
        await ActAsync(() => _left > 0 || _running > 0);
    }

    private async Task ActAsync(Func<bool> goesOn)
    {
        Exchange();
        Pump();
        while (goesOn())
        {
            await _mailbox.Reader.WaitToReadAsync();
            while (_mailbox.Reader.TryRead(out var act))
            {
                act();
            }

            Exchange();
            Pump();
        }
    }

    private void Exchange()
    {
        var request = new ExchangeRequest
        {
            Silo = Silo, KnownEpoch = Core.Epoch, Permits = Math.Min(Permits, _left + _running), Completions = [.. _completions],
        };
        _completions.Clear();
        if (Core.Exchange(request, Now) is { HeldWanted: true })
        {
            Core.Exchange(request with { Held = [], Completions = [] }, Now);
        }
    }

    private void Pump()
    {
        Core.Tick(Now);
        foreach (var lease in Core.Dispatch(Now).SelectMany(orders => Core.Reply(orders).Leases))
        {
            (_left, _running) = (_left - 1, _running + 1);
            Started[lease.Job.Tenant] = Started.GetValueOrDefault(lease.Job.Tenant) + 1;
            _ = RunLeaseAsync(lease);
        }

        while (Core.NextPage() is { } page)
        {
            _reading++;
            _ = ReadAsync(page);
        }
    }

    private async Task RunLeaseAsync(JobLease lease)
    {
        var job = (await store.FindAsync(lease.Job.Id))!;
        var running = job with
        {
            Version = job.Version + 1, State = JobState.Running, Attempt = 1, LeaseToken = 1, Silo = Silo, StartedAt = Now,
        };
        var ended = running with { Version = job.Version + 2, State = JobState.Succeeded, FinishedAt = Now };
        if (!await store.UpdateAsync(running, job.State) || !await store.UpdateAsync(ended, running.State))
        {
            throw new InvalidOperationException($"Job {job.Id} was leased twice.");
        }

        _mailbox.Writer.TryWrite(() =>
        {
            _running--;
            _completions.Add(new LeaseCompletion(job.Id, lease.Id, ended.State, ended.DueAt, Started: true, Failed: false, TimeSpan.Zero));
        });
    }

    private async Task ReadAsync(PageRequest page)
    {
        Action accept;
        if (page is TenantsPage names)
        {
            var tenants = await store.ReadTenantsAsync(BacklogFill.JobClass, names.After, names.Limit);
            accept = () => Core.AcceptTenants(names, tenants, Now);
        }
        else
        {
            var jobs = page is TenantPage tenant
                ? await store.ReadWaitingAsync(BacklogFill.JobClass, tenant.Tenant, tenant.After, tenant.DueBy, tenant.Limit)
                : await ReadDueAsync((DuePage)page);
            accept = () => Core.AcceptPage(page, jobs, Now);
        }

        _mailbox.Writer.TryWrite(() =>
        {
            _reading--;
            accept();
        });
    }

    private Task<IReadOnlyList<WaitingJob>> ReadDueAsync(DuePage due) =>
        store.ReadDueAsync(BacklogFill.JobClass, due.AfterDue, due.AfterId, due.Limit);
}
