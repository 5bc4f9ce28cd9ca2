using System.Collections.Concurrent;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.TestKit.Ports;

/// <summary>An authority over jobs in memory that decides as the core does, and whose calls can be made to fail.</summary>
public sealed class InMemoryJobPort(TimeProvider time) : IJobPort
{
    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, JobRecord> _jobs = [];

    public CallScript Start { get; } = new();

    public CallScript PutOff { get; } = new();

    public CallScript EndIsolation { get; } = new();

    public CallScript Ack { get; } = new();

    public CallScript Report { get; } = new();

    /// <summary>Acks as they came, those without effect left out.</summary>
    public ConcurrentQueue<AttemptAck> Acks { get; } = new();

    /// <summary>Reports as they came, those without effect left out.</summary>
    public ConcurrentQueue<(JobProgress? Progress, ReadOnlyMemory<byte>? Checkpoint)> Reports { get; } = new();

    /// <summary>How failed jobs are retried.</summary>
    public RetryPolicy Retry { get; set; } = OrleansJobs.Retry.Fixed(10, TimeSpan.FromSeconds(1));

    public JobRecord this[JobId id]
    {
        get
        {
            lock (_gate)
            {
                return _jobs[id];
            }
        }
    }

    /// <summary>Puts a job in as it is.</summary>
    public JobRecord Put(JobRecord job)
    {
        lock (_gate)
        {
            return _jobs[job.Id] = job;
        }
    }

    /// <summary>Does to a job what others than its worker would ask for.</summary>
    public Verdict Apply(JobId id, JobCommand command)
    {
        lock (_gate)
        {
            var transition = JobLifecycle.Decide(_jobs[id], command, time.GetUtcNow());
            _jobs[id] = transition.Next;
            return transition.Verdict;
        }
    }

    public Task<StartReply> StartAsync(JobLease lease, string silo) => Start.RunAsync(() =>
    {
        lock (_gate)
        {
            if (!_jobs.TryGetValue(lease.Job.Id, out var job))
            {
                return new StartReply(Verdict.WrongState, null);
            }

            var verdict = Apply(job.Id, new Start(silo, DueBy: lease.Job.DueAt));
            return new StartReply(verdict, _jobs[job.Id]);
        }
    });

    public Task<StartReply> StartSuspectAsync(JobLease lease, string silo, StartPlace place) =>
        Start.RunAsync(() => Answer(lease.Job.Id, new Start(silo, DueBy: lease.Job.DueAt, Place: place)));

    public Task<StartReply> PutOffAsync(JobId id, TimeSpan delay) => PutOff.RunAsync(() => Answer(id, new PutOff(delay)));

    public Task<ReportReply> EndIsolationAsync(JobId id, long leaseToken) => EndIsolation.RunAsync(() =>
    {
        var reply = Answer(id, new EndIsolation(leaseToken));
        return new ReportReply(reply.Verdict, reply.Job!.CancelRequested);
    });

    public Task<AckReply> AckAsync(JobId id, AttemptAck ack) => Ack.RunAsync(() =>
    {
        lock (_gate)
        {
            Acks.Enqueue(ack);
            var verdict = Apply(id, CommandOf(ack));
            return new AckReply(verdict, _jobs[id].State, _jobs[id].DueAt);
        }
    });

    public Task<ReportReply> ReportAsync(JobId id, long leaseToken, JobProgress? progress, ReadOnlyMemory<byte>? checkpoint) =>
        Report.RunAsync(() =>
        {
            lock (_gate)
            {
                Reports.Enqueue((progress, checkpoint));
                var verdict = Apply(id, new Report(leaseToken, progress, checkpoint));
                return new ReportReply(verdict, _jobs[id].CancelRequested);
            }
        });

    private StartReply Answer(JobId id, JobCommand command)
    {
        lock (_gate)
        {
            var verdict = Apply(id, command);
            return new StartReply(verdict, _jobs[id]);
        }
    }

    private JobCommand CommandOf(AttemptAck ack) => ack.Outcome switch
    {
        AttemptOutcome.Succeeded => new Complete(ack.LeaseToken, ack.Result),
        AttemptOutcome.Snoozed => new Snooze(ack.LeaseToken, ack.Delay ?? TimeSpan.Zero),
        AttemptOutcome.Cancelled => new Abandon(ack.LeaseToken, ack.Error?.Message ?? ""),
        AttemptOutcome.Released => new Release(ack.LeaseToken),
        AttemptOutcome.Failed => new Fail(ack.LeaseToken, ack.Error!, Retry, Random: 0.5, ack.Retryable, ack.Delay),
        _ => throw new InvalidOperationException($"A worker must not ack an attempt as {ack.Outcome}."),
    };
}
