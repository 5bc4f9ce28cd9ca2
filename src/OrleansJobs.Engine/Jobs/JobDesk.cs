using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Engine.Jobs;

/// <summary>
/// What workers, dispatchers and clients may ask of a job's authority: asks the core, stores the next record, then tells. The engine sees to
/// it that a cell has one call at a time.
/// </summary>
internal sealed class JobDesk(JobClassRegistry classes, DispatcherNotifier notifier, UnclearWrites unclear, IDeadSilos silos, TimeProvider time)
{
    private DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Starts an attempt under a lease; durable when it answers.</summary>
    public async Task<StartReply> StartAsync(JobCell cell, string silo)
    {
        if (!await cell.IsThereAsync())
        {
            return new StartReply(Verdict.WrongState, null);
        }

        var transition = await cell.DecideAsync(new Start(silo, silos.IsDead(silo)), Now);
        return new StartReply(transition.Verdict, transition.Next);
    }

    /// <summary>Ends the running attempt.</summary>
    public async Task<AckReply> AckAsync(JobCell cell, AttemptAck ack)
    {
        if (!await cell.IsThereAsync() || cell.Current is not { } job)
        {
            return new AckReply(Verdict.StaleLease, JobState.Cancelled, Now);
        }

        var command = AckCommands.From(ack, classes.Get(job.JobClass).Options.Retry, Random.Shared);
        var transition = await cell.DecideAsync(command, Now);
        return new AckReply(transition.Verdict, transition.Next.State, transition.Next.DueAt);
    }

    /// <summary>Stores progress and checkpoint of the running attempt.</summary>
    public async Task<ReportReply> ReportAsync(JobCell cell, Report report)
    {
        if (!await cell.IsThereAsync())
        {
            return new ReportReply(Verdict.StaleLease, CancelRequested: false);
        }

        var transition = await cell.DecideAsync(report, Now);
        return new ReportReply(transition.Verdict, transition.Next.CancelRequested);
    }

    /// <summary>Ends the lease of a silo that is lost.</summary>
    public async Task<ExpireReply> ExpireAsync(JobCell cell, Expire expire)
    {
        if (!await cell.IsThereAsync())
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
        if (!await cell.IsThereAsync())
        {
            throw new JobNotFoundException(id);
        }

        var transition = await DecideAsync(cell, id, command);
        notifier.Tell(transition);
        return transition.IsAccepted
            ? transition.Next.ToSnapshot(Now)
            : throw new JobStateException(id, transition.Next.EffectiveState(Now), asked);
    }

    private async Task<Transition> DecideAsync(JobCell cell, JobId id, JobCommand command)
    {
        try
        {
            return await cell.DecideAsync(command, Now);
        }
        catch when (cell.IsUnclear)
        {
            unclear.Settle(id);
            throw;
        }
    }
}
