using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansJobs.Dashboard.Access;
using OrleansJobs.Dashboard.Api;
using OrleansJobs.Dashboard.Audit;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Bulk;

/// <summary>The runs of this process: those that go on, and the last ones that have ended.</summary>
internal sealed class BulkRuns(IServiceProvider services, JobView view, Auditor auditor, TimeProvider time, IHostApplicationLifetime host) : IHostedService
{
    private readonly Lock _lock = new();
    private readonly List<(BulkWork Work, Task Ended)> _runs = [];

    /// <summary>The runs, the newest first.</summary>
    public IReadOnlyList<BulkRun> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _runs.Select(run => run.Work.Run).Reverse()];
            }
        }
    }

    /// <summary>Begins a run.</summary>
    /// <param name="request">What to do, checked.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="from">Where from.</param>
    /// <param name="answered">Ends when the caller has the answer: until then nothing is done, so that the trail has the begin before the end.</param>
    /// <exception cref="HttpFault">Too many go on already.</exception>
    public BulkRun Begin(BulkRequest request, Caller caller, string? from, Task answered)
    {
        var work = new BulkWork(
            new BulkRun
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                Action = request.Action!.Value,
                Filter = request.Filter!,
                StartedAt = time.GetUtcNow(),
                StartedBy = caller.Name,
            },
            request.Reason);
        lock (_lock)
        {
            if (_runs.Count(run => !run.Ended.IsCompleted) >= BulkLimits.MaxRunning)
            {
                throw HttpFault.TooManyRuns(BulkLimits.MaxRunning);
            }

            Forget();
            _runs.Add((work, Task.Run(() => RunAsync(work, caller, from, answered))));
        }

        return work.Run;
    }

    /// <exception cref="HttpFault">There is no such run.</exception>
    public BulkRun Get(string? id) => Find(id).Run;

    /// <summary>Has a run stop after the jobs that it is at; does nothing to one that has ended.</summary>
    /// <exception cref="HttpFault">There is no such run.</exception>
    public async Task<BulkRun> StopAsync(string? id)
    {
        var work = Find(id);
        if (work.Run.EndedAt is null)
        {
            work.Stop();
            await EndOf(work);
        }

        return work.Run;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits until the runs have stopped, which they do when the host begins to.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.WhenAll(_runs.Select(run => run.Ended)).WaitAsync(cancellationToken);
        }
    }

    private async Task RunAsync(BulkWork work, Caller caller, string? from, Task answered)
    {
        await answered;
        using (host.ApplicationStopping.Register(work.Stop))
        {
            var seesErrors = work.Run.Filter.Error is null ? _ => true : (Func<string, bool>)(jobClass => view.MaySee(jobClass, caller));
            await new BulkRunner(services.GetRequiredService<IJobClient>(), time).RunAsync(work, seesErrors);
        }

        await auditor.KeepAsync(EndOf(work, caller, from));
    }

    private AuditEntry EndOf(BulkWork work, Caller caller, string? from) => new()
    {
        At = time.GetUtcNow(),
        Who = caller.Name,
        Role = caller.RoleName,
        From = from,
        Verb = AuditVerb.BulkEnd,
        JobClass = work.Run.Filter.JobClass,
        Filter = work.Run.Filter.ToJobFilter(),
        Jobs = (int)Math.Min(work.Run.Changed, int.MaxValue),
        Reason = work.Run.Stopped ? "stopped" : null,
        Outcome = work.Run.Error is null ? AuditOutcome.Done : AuditOutcome.Failed,
        Error = work.Run.Error is null ? null : "bulk-failed",
    };

    private Task EndOf(BulkWork work)
    {
        lock (_lock)
        {
            return _runs.First(run => run.Work == work).Ended;
        }
    }

    private BulkWork Find(string? id)
    {
        lock (_lock)
        {
            return _runs.Select(run => run.Work).FirstOrDefault(work => Guid.TryParse(id, out var wanted) && work.Run.Id == wanted)
                ?? throw HttpFault.NoSuchRun(id);
        }
    }

    private void Forget()
    {
        if (_runs.Count >= BulkLimits.MaxKept && _runs.FindIndex(run => run.Ended.IsCompleted) is var oldest and >= 0)
        {
            _runs[oldest].Work.Dispose();
            _runs.RemoveAt(oldest);
        }
    }
}
