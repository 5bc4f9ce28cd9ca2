using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansJobs.Client.Grains;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Grains.Dispatch;
using OrleansJobs.Grains.Silos;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Jobs;

/// <summary>
/// One job: loads it, asks the core, stores the next record, then tells. It is the only writer of its job, save for a second activation
/// during a change of the cluster, whose writes the record's version refuses.
/// </summary>
[GrainType("orleansjobs-job"), Orleans.Placement.PreferLocalPlacement]
internal sealed class JobGrain : Grain, IJobGrain, IJobAuthorityGrain
{
    private readonly JobCell _cell;
    private readonly JobResidency _residency;
    private readonly JobClassRegistry _classes;
    private readonly DispatcherNotifier _notifier;
    private readonly SubmitDesk _desk;
    private readonly LongPoll _longPoll;
    private readonly TimeProvider _time;
    private bool _submitting;

    public JobGrain(
        [PersistentState("job", JobGrainStorage.ProviderName)] IPersistentState<JobRecord> state,
        JobResidency residency,
        JobClassRegistry classes,
        DispatcherNotifier notifier,
        SubmitDesk desk,
        LongPoll longPoll,
        TimeProvider time,
        ILogger<JobGrain> logger)
    {
        _cell = new JobCell(state, logger);
        _residency = residency;
        _classes = classes;
        _notifier = notifier;
        _desk = desk;
        _longPoll = longPoll;
        _time = time;
    }

    private JobId Id => new(this.GetPrimaryKey());

    private DateTimeOffset Now => _time.GetUtcNow();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _cell.Adopt();
        _residency.Entered();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _residency.Left();
        _cell.Release();
        return Task.CompletedTask;
    }

    public async Task<Reply<SubmitReceipt>> SubmitAsync(JobSubmission submission)
    {
        NewJobHint.Clear();
        _submitting = true;
        var reply = await JobReplies.GuardAsync(() => _desk.SubmitAsync(_cell, submission, Now));
        _submitting = false;
        if (!_cell.Exists || _residency.IsFull)
        {
            DeactivateOnIdle();
        }

        return reply;
    }

    public Task<Reply<JobSnapshot>> GetAsync() => Task.FromResult(Snapshot());

    public async Task<Reply<JobSnapshot>> WaitForChangeAsync(long seenVersion, TimeSpan waitUpTo)
    {
        if (_cell.Current is not { } job || job.Version != seenVersion || job.State.IsTerminal() || waitUpTo <= TimeSpan.Zero)
        {
            return Snapshot();
        }

        try
        {
            await _longPoll.WaitAsync(_cell.ChangeAsync(), JobWaits.Bounded(waitUpTo));
            return Snapshot();
        }
        catch (GridUnavailableException stopping)
        {
            return Reply<JobSnapshot>.Failed(stopping);
        }
    }

    public Task<Reply<JobSnapshot>> CancelAsync(string? reason) => CommandAsync(new Cancel(reason), "cancelled");

    public Task<Reply<JobSnapshot>> RetryAsync() => CommandAsync(new RetryNow(), "retried");

    public Task<Reply<JobSnapshot>> DeadLetterAsync(string reason) => CommandAsync(new SendToDeadLetters(reason), "dead-lettered");

    public async Task<Immutable<StartReply>> StartAsync(string silo)
    {
        if (!_cell.Exists)
        {
            DeactivateOnIdle();
            return new(new StartReply(Verdict.WrongState, null));
        }

        var transition = await DecideAsync(new Start(silo));
        return new(new StartReply(transition.Verdict, transition.Next));
    }

    public async Task<Immutable<AckReply>> AckAsync(AttemptAck ack)
    {
        if (_cell.Current is not { } job)
        {
            DeactivateOnIdle();
            return new(new AckReply(Verdict.StaleLease, JobState.Cancelled, Now));
        }

        var command = AckCommands.From(ack, _classes.Get(job.JobClass).Options.Retry, Random.Shared);
        var transition = await DecideAsync(command);
        return new(new AckReply(transition.Verdict, transition.Next.State, transition.Next.DueAt));
    }

    public async Task<Immutable<ReportReply>> ReportAsync(long leaseToken, JobProgress? progress, ReadOnlyMemory<byte>? checkpoint)
    {
        if (!_cell.Exists)
        {
            return new(new ReportReply(Verdict.StaleLease, CancelRequested: false));
        }

        var transition = await DecideAsync(new Report(leaseToken, progress, checkpoint));
        return new(new ReportReply(transition.Verdict, transition.Next.CancelRequested));
    }

    public async Task<ExpireReply> ExpireAsync(string silo, long? leaseToken)
    {
        if (!_cell.Exists)
        {
            DeactivateOnIdle();
            return new ExpireReply(null, Finished: false);
        }

        var transition = await DecideAsync(new Expire(silo, leaseToken));
        var next = transition.Next;
        return new ExpireReply(
            next.State.IsWaiting() ? next.ToWaiting() : null, next.State.IsTerminal());
    }

    public Task<WaitingJob?> GetWaitingAsync() => Task.FromResult(_cell.Current?.ToWaiting());

    private async Task<Reply<JobSnapshot>> CommandAsync(JobCommand command, string asked) => await JobReplies.GuardAsync(async () =>
    {
        if (!_cell.Exists)
        {
            DeactivateOnIdle();
            throw new JobNotFoundException(Id);
        }

        var transition = await DecideAsync(command);
        _notifier.Tell(transition);
        return transition.IsAccepted
            ? transition.Next.ToSnapshot(Now)
            : throw new JobStateException(Id, transition.Next.EffectiveState(Now), asked);
    });

    private async Task<Transition> DecideAsync(JobCommand command)
    {
        var transition = await _cell.DecideAsync(command, Now);
        if (transition.Next.State.IsTerminal())
        {
            DeactivateOnIdle();
        }

        return transition;
    }

    private Reply<JobSnapshot> Snapshot()
    {
        if (_cell.Current is not { } job)
        {
            return NoSnapshot();
        }

        if (job.State.IsTerminal())
        {
            DeactivateOnIdle();
        }

        return Reply<JobSnapshot>.Of(job.ToSnapshot(Now));
    }

    /// <summary>While a submit is under way the job may be stored without being known here.</summary>
    private Reply<JobSnapshot> NoSnapshot()
    {
        if (_submitting)
        {
            return Reply<JobSnapshot>.Failed(new GridUnavailableException("The job is being submitted; ask again."));
        }

        DeactivateOnIdle();
        return Reply<JobSnapshot>.Failed(new JobNotFoundException(Id));
    }
}
