using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Embedded.Jobs;

/// <summary>
/// The authority over the jobs, in one process: gives each job's cell one call at a time. This process is the only writer of its store, and
/// the record's version would refuse any other.
/// </summary>
internal sealed class EmbeddedJobs(JobTable table, JobDesk desk, SubmitDesk submits, LongPoll longPoll, IJobStore store) : IJobPort, IJobAuthority
{
    public async Task<StartReply> StartAsync(JobLease lease, string silo)
    {
        using var turn = await table.EnterAsync(lease.Job.Id);
        return await desk.StartAsync(turn.Cell, silo, lease.Job.DueAt, lease.WaitedFor);
    }

    public async Task<StartReply> StartSuspectAsync(JobLease lease, string silo, StartPlace place)
    {
        using var turn = await table.EnterAsync(lease.Job.Id);
        return await desk.StartAsync(turn.Cell, silo, lease.Job.DueAt, lease.WaitedFor, place);
    }

    public async Task<StartReply> PutOffAsync(JobId id, TimeSpan delay)
    {
        using var turn = await table.EnterAsync(id);
        return await desk.PutOffAsync(turn.Cell, delay);
    }

    public async Task<ReportReply> EndIsolationAsync(JobId id, long leaseToken)
    {
        using var turn = await table.EnterAsync(id);
        return await desk.EndIsolationAsync(turn.Cell, leaseToken);
    }

    public async Task<AckReply> AckAsync(JobId id, AttemptAck ack)
    {
        using var turn = await table.EnterAsync(id);
        return await desk.AckAsync(turn.Cell, ack);
    }

    public async Task<ReportReply> ReportAsync(JobId id, long leaseToken, JobProgress? progress, ReadOnlyMemory<byte>? checkpoint)
    {
        using var turn = await table.EnterAsync(id);
        return await desk.ReportAsync(turn.Cell, new Report(leaseToken, progress, checkpoint));
    }

    /// <summary>Ends a lease that ran out, or that was given in an earlier life of the store's owner.</summary>
    public Task<ExpireReply> ExpireAsync(ExpiringLease lease) => ExpireAsync(lease.Lease.Job.Id, new Expire(lease.Silo, lease.LeaseToken, lease.SiloIsDead));

    /// <summary>Makes a job durable, unless it is already.</summary>
    /// <exception cref="JobsException">It is refused, or nothing is known of it.</exception>
    public async Task<SubmitOutcome> SubmitAsync(JobSubmission submission)
    {
        using var turn = await table.EnterAsync(submission.Id, isNew: true);
        return await submits.SubmitAsync(turn.Cell, submission);
    }

    /// <summary>Does what a client asks of a job. The word is what is asked, for the error.</summary>
    public async Task<JobSnapshot> CommandAsync(JobId id, JobCommand command, string asked)
    {
        using var turn = await table.EnterAsync(id);
        return await desk.CommandAsync(turn.Cell, id, command, asked);
    }

    /// <summary>The job; null if there is none.</summary>
    public async Task<JobRecord?> FindAsync(JobId id) => table.Find(id) ?? await store.FindAsync(id);

    /// <summary>The job as soon as its version is another than the one seen, or when the time is up; null if there is none.</summary>
    public async Task<JobRecord?> WaitForChangeAsync(JobId id, long seenVersion, TimeSpan waitUpTo)
    {
        using var hold = table.Hold(id);
        Task change;
        using (var turn = await table.EnterAsync(id))
        {
            change = turn.Cell.ChangeAsync(seenVersion);
        }

        await longPoll.WaitAsync(change, JobWaits.Bounded(waitUpTo));
        return hold.Cell.Current;
    }

    public async Task<ExpireReply> ExpireAsync(JobId id, Expire expire)
    {
        using var turn = await table.EnterAsync(id);
        return await desk.ExpireAsync(turn.Cell, expire);
    }
}
