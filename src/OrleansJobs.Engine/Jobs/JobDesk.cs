using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Diagnostics;
using OrleansJobs.Engine.Diagnostics;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Quarantine;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Engine.Jobs;

/// <summary>
/// What workers, dispatchers and clients may ask of a job's authority: asks the core, stores the next record, then tells. The engine sees to
/// it that a cell has one call at a time.
/// </summary>
internal sealed class JobDesk(
    JobClassRegistry classes, DispatcherNotifier notifier, UnclearWrites unclear, IDeadSilos silos, ExplainedLosses explained, TimeProvider time)
{
    private static readonly RetryPolicy DefaultPolicy = new JobClassOptions().Retry;
    private readonly Func<string, bool> _isExplained = explained.Contains;


    private DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Starts an attempt under a lease; durable when it answers.</summary>
    public Task<StartReply> StartAsync(JobCell cell, string silo, DateTimeOffset dueBy, WaitReason waitedFor, StartPlace place = StartPlace.Any) => IfThereAsync(
        cell,
        () => cell.DecideAsync(
            new Start(silo, silos.IsDead(silo), waitedFor, dueBy, place, _isExplained), Now, static start => new StartReply(start.Verdict, start.Next)),
        () => new StartReply(Verdict.WrongState, null));

    /// <summary>Has a suspected job that waits be due later.</summary>
    public Task<StartReply> PutOffAsync(JobCell cell, TimeSpan delay) => IfThereAsync(
        cell,
        () => cell.DecideAsync(new PutOff(delay), Now, static put => new StartReply(put.Verdict, put.Next)),
        () => new StartReply(Verdict.WrongState, null));

    /// <summary>Ends the running attempt.</summary>
    public Task<AckReply> AckAsync(JobCell cell, AttemptAck ack) => IfThereAsync(
        cell,
        () => cell.DecideAsync(CommandOf(cell, ack), Now, static end => new AckReply(end.Verdict, end.Next.State, end.Next.DueAt)),
        () => new AckReply(Verdict.StaleLease, JobState.Cancelled, Now));

    /// <summary>Stores progress and checkpoint of the running attempt.</summary>
    public Task<ReportReply> ReportAsync(JobCell cell, LeaseCommand report) => IfThereAsync(
        cell,
        () => cell.DecideAsync(report, Now, static told => new ReportReply(told.Verdict, told.Next.CancelRequested)),
        () => new ReportReply(Verdict.StaleLease, CancelRequested: false));

    /// <summary>Stores that others run beside an attempt that ran alone.</summary>
    public Task<ReportReply> EndIsolationAsync(JobCell cell, long leaseToken) => ReportAsync(cell, new EndIsolation(leaseToken));

    /// <summary>Ends the lease of a silo that is lost.</summary>
    public Task<ExpireReply> ExpireAsync(JobCell cell, Expire expire) => IfThereAsync(
        cell,
        () => DecideExpiryAsync(cell, expire),
        () => new ExpireReply(null, Finished: false));

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

    /// <summary>That there is no job is only said after a look at the store; a job that is known goes without an await.</summary>
    private static Task<TReply> IfThereAsync<TReply>(JobCell cell, Func<Task<TReply>> decide, Func<TReply> none) =>
        cell.Known is not null ? decide() : ReadFirstAsync(cell, decide, none);

    private static async Task<TReply> ReadFirstAsync<TReply>(JobCell cell, Func<Task<TReply>> decide, Func<TReply> none) =>
        await cell.IsThereAsync() ? await decide() : none();

    private async Task<ExpireReply> DecideExpiryAsync(JobCell cell, Expire expire)
    {
        var span = LostAttempt.Begin(cell.Current, expire);
        try
        {
            var end = await cell.DecideAsync(expire with { TraceParent = span?.Id, SiloIsDead = expire.SiloIsDead || silos.IsDead(expire.Silo) }, Now);
            Explain(end);
            LostAttempt.End(span, expire.Silo, end, Now);
            return new ExpireReply(end.Next.State.IsWaiting() ? end.Next.ToWaiting() : null, end.Next.State.IsTerminal());
        }
        finally
        {
            ForeignCode.End(span);
        }
    }

    /// <summary>The silos that a convicted job has ended count against nobody else.</summary>
    private void Explain(in Transition end)
    {
        if (end.IsAccepted && Suspects.IsConvicted(end.Next))
        {
            EngineTelemetry.Convicted(end);
            explained.Find([.. Suspects.LostSilos(end.Next)]);
        }
    }

    private JobCommand CommandOf(JobCell cell, AttemptAck ack) => AckCommands.From(ack, PolicyOf(cell.Current!.JobClass), Random.Shared);

    /// <summary>Silos of one cluster may have different classes, and the authority over a job may be on one that does not have its class.</summary>
    private RetryPolicy PolicyOf(string jobClass) => classes.TryGet(jobClass, out var known) ? known.Options.Retry : DefaultPolicy;

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
