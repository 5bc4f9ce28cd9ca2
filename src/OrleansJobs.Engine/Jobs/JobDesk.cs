using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Engine.Jobs;

/// <summary>
/// What workers, dispatchers and clients may ask of a job's authority: asks the core, stores the next record, then tells. The engine sees to
/// it that a cell has one call at a time.
/// </summary>
internal sealed class JobDesk(JobClassRegistry classes, DispatcherNotifier notifier, TimeProvider time)
{
    private DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Starts an attempt under a lease; durable when it answers.</summary>
    public Task<StartReply> StartAsync(JobCell cell, string silo) => cell.Exists
        ? cell.DecideAsync(new Start(silo), Now, static start => new StartReply(start.Verdict, start.Next))
        : Task.FromResult(new StartReply(Verdict.WrongState, null));

    /// <summary>Ends the running attempt.</summary>
    public Task<AckReply> AckAsync(JobCell cell, AttemptAck ack)
    {
        if (cell.Current is not { } job)
        {
            return Task.FromResult(new AckReply(Verdict.StaleLease, JobState.Cancelled, Now));
        }

        var command = AckCommands.From(ack, classes.Get(job.JobClass).Options.Retry, Random.Shared);
        return cell.DecideAsync(command, Now, static end => new AckReply(end.Verdict, end.Next.State, end.Next.DueAt));
    }

    /// <summary>Stores progress and checkpoint of the running attempt.</summary>
    public Task<ReportReply> ReportAsync(JobCell cell, Report report) => cell.Exists
        ? cell.DecideAsync(report, Now, static told => new ReportReply(told.Verdict, told.Next.CancelRequested))
        : Task.FromResult(new ReportReply(Verdict.StaleLease, CancelRequested: false));

    /// <summary>Ends the lease of a silo that is lost.</summary>
    public async Task<ExpireReply> ExpireAsync(JobCell cell, Expire expire)
    {
        if (!cell.Exists)
        {
            return new ExpireReply(null, Finished: false);
        }

        var next = (await cell.DecideAsync(expire, Now)).Next;
        return new ExpireReply(next.State.IsWaiting() ? next.ToWaiting() : null, next.State.IsTerminal());
    }

    /// <summary>Does what a client asks, and tells the dispatcher what follows from it.</summary>
    /// <param name="cell">The job.</param>
    /// <param name="id">Its id.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="asked">The same as a word for the error.</param>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    /// <exception cref="JobStateException">The job's state does not allow it.</exception>
    public async Task<JobSnapshot> CommandAsync(JobCell cell, JobId id, JobCommand command, string asked)
    {
        if (!cell.Exists)
        {
            throw new JobNotFoundException(id);
        }

        var transition = await cell.DecideAsync(command, Now);
        notifier.Tell(transition);
        return transition.IsAccepted
            ? transition.Next.ToSnapshot(Now)
            : throw new JobStateException(id, transition.Next.EffectiveState(Now), asked);
    }
}
