using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansJobs.Client.Grains;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Grains.Jobs;

/// <summary>
/// One job: the activation gives its cell one call at a time, and leaves when the job needs it no more. It is the only writer of its job,
/// save for a second activation during a change of the cluster, whose writes the record's version refuses.
/// </summary>
[GrainType("orleansjobs-job"), Orleans.Placement.PreferLocalPlacement, KeepAlive]
internal sealed class JobGrain : Grain, IJobGrain, IJobAuthorityGrain
{
    /// <summary>
    /// A grain that was read and is not needed stays so long: many may ask at once, and one that left with each answer would have the others sent
    /// after it, until Orleans gives them up.
    /// </summary>
    private static readonly TimeSpan StayAfterRead = TimeSpan.FromSeconds(1);

    private readonly GrainRow _row;
    private readonly JobCell _cell;
    private readonly JobResidency _residency;
    private readonly JobDesk _desk;
    private readonly SubmitDesk _submits;
    private readonly LongPoll _longPoll;
    private readonly NewerRecords _newer;
    private readonly TimeProvider _time;
    private long _comparedAt;
    private IGrainTimer? _stay;
    private bool _submitting;
    private long _weight;

    public JobGrain(
        [PersistentState("job", JobGrainStorage.ProviderName)] IPersistentState<JobRecord> state,
        JobResidency residency,
        JobDesk desk,
        SubmitDesk submits,
        LongPoll longPoll,
        NewerRecords newer,
        TimeProvider time,
        ILogger<JobGrain> logger)
    {
        _row = new GrainRow(state);
        _cell = new JobCell(_row, logger);
        _residency = residency;
        _desk = desk;
        _submits = submits;
        _longPoll = longPoll;
        _newer = newer;
        _comparedAt = time.GetTimestamp();
        _time = time;
    }

    private JobId Id => new(this.GetPrimaryKey());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _cell.Adopt(_row.Loaded);
        _residency.Entered();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _residency.Left(_weight);
        _cell.Release();
        return Task.CompletedTask;
    }

    public async Task<Reply<SubmitReceipt>> SubmitAsync(JobSubmission submission)
    {
        NewJobHint.Clear();
        _submitting = true;
        var reply = await JobReplies.GuardAsync(() => _submits.SubmitAsync(_cell, submission), static outcome => outcome.ToReceipt());
        _submitting = false;
        return LeaveOrStay(reply);
    }

    public Task<Reply<JobSnapshot>> GetAsync() => ShowAsync();

    public async Task<Reply<JobSnapshot>> WaitForChangeAsync(long seenVersion, TimeSpan waitUpTo)
    {
        try
        {
            await _longPoll.WaitAsync(_cell.ChangeAsync(seenVersion), JobWaits.Bounded(waitUpTo));
            return await ShowAsync();
        }
        catch (GridUnavailableException stopping)
        {
            return Reply<JobSnapshot>.Failed(stopping);
        }
    }

    public Task<Reply<JobSnapshot>> CancelAsync(string? reason) => CommandAsync(new Cancel(reason), "cancelled");

    public Task<Reply<JobSnapshot>> RetryAsync() => CommandAsync(new RetryNow(), "retried");

    public Task<Reply<JobSnapshot>> DeadLetterAsync(string reason) => CommandAsync(new SendToDeadLetters(reason), "dead-lettered");

    public Task<Reply<JobSnapshot>> DeleteAsync() => CommandAsync(new Delete(), "deleted");

    public async Task<Immutable<StartReply>> StartAsync(string silo, DateTimeOffset dueBy, WaitReason waitedFor) =>
        new(LeaveOrStay(await _desk.StartAsync(_cell, silo, dueBy, waitedFor)));

    public async Task<Immutable<StartReply>> StartSuspectAsync(string silo, DateTimeOffset dueBy, WaitReason waitedFor, StartPlace place) =>
        new(LeaveOrStay(await _desk.StartAsync(_cell, silo, dueBy, waitedFor, place)));

    public async Task<Immutable<StartReply>> PutOffAsync(TimeSpan delay) => new(LeaveOrStay(await _desk.PutOffAsync(_cell, delay)));

    public async Task<Immutable<ReportReply>> EndIsolationAsync(long leaseToken) =>
        new(LeaveOrStay(await _desk.EndIsolationAsync(_cell, leaseToken)));

    public async Task<Immutable<AckReply>> AckAsync(AttemptAck ack) => new(LeaveOrStay(await _desk.AckAsync(_cell, ack)));

    public async Task<Immutable<ReportReply>> ReportAsync(long leaseToken, JobProgress? progress, ReadOnlyMemory<byte>? checkpoint) =>
        new(LeaveOrStay(await _desk.ReportAsync(_cell, new Report(leaseToken, progress, checkpoint))));

    public async Task<ExpireReply> ExpireAsync(string silo, long? leaseToken, bool siloIsDead) =>
        LeaveOrStay(await _desk.ExpireAsync(_cell, new Expire(silo, leaseToken, siloIsDead)));

    public Task<WaitingJob?> GetWaitingAsync() => Task.FromResult(StayAWhile(_cell.Current?.ToWaiting()));

    private async Task<Reply<JobSnapshot>> CommandAsync(JobCommand command, string asked) =>
        LeaveOrStay(await JobReplies.GuardAsync(() => _desk.CommandAsync(_cell, Id, command, asked)));

    private T LeaveOrStay<T>(T reply)
    {
        LeaveUnlessNeeded();
        return reply;
    }

    private void LeaveUnlessNeeded()
    {
        if (!_submitting && !_residency.Keeps(_cell, ref _weight))
        {
            DeactivateOnIdle();
        }
    }

    private T StayAWhile<T>(T reply)
    {
        if (!_submitting && _stay is null && !_residency.Keeps(_cell, ref _weight))
        {
            _stay = this.RegisterGrainTimer(EndStayAsync, new GrainTimerCreationOptions(StayAfterRead, Timeout.InfiniteTimeSpan));
        }

        return reply;
    }

    private Task EndStayAsync(CancellationToken cancellationToken)
    {
        _stay?.Dispose();
        _stay = null;
        LeaveUnlessNeeded();
        return Task.CompletedTask;
    }

    /// <summary>The job as it is stored. An activation that does not know it so is one of two, and leaves.</summary>
    private async Task<Reply<JobSnapshot>> ShowAsync()
    {
        var shown = _cell.Current;
        var stored = await _newer.FindAsync(shown, ref _comparedAt);
        if (ReferenceEquals(stored, shown) || stored?.Version <= _cell.Current?.Version)
        {
            return Snapshot();
        }

        DeactivateOnIdle();
        return ReplyOf(stored);
    }

    /// <summary>While a submit is under way the job may be stored without being known here.</summary>
    private Reply<JobSnapshot> Snapshot()
    {
        if (_cell.Current is null && _submitting)
        {
            return Reply<JobSnapshot>.Failed(new GridUnavailableException("The job is being submitted; ask again."));
        }

        return StayAWhile(ReplyOf(_cell.Current));
    }

    private Reply<JobSnapshot> ReplyOf(JobRecord? record) => record is { } job
        ? Reply<JobSnapshot>.Of(job.ToSnapshot(_time.GetUtcNow()))
        : Reply<JobSnapshot>.Failed(new JobNotFoundException(Id));
}
