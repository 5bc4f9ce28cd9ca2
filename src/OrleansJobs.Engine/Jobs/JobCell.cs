using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Diagnostics;
using OrleansJobs.Engine.Diagnostics;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Diagnostics;

namespace OrleansJobs.Engine.Jobs;

/// <summary>
/// The record that a job's authority holds: what is shown is always what is stored. A write whose outcome is unclear is settled by reading
/// before anything else is decided. One call at a time; <see cref="Current"/> and <see cref="Known"/> may be read meanwhile.
/// </summary>
internal sealed partial class JobCell(IJobRow row, ILogger logger)
{
    /// <summary>Times that a decision is made anew because the stored job was another than the one held.</summary>
    private const int MaxDecisions = 4;

    /// <summary>Roughly what a record weighs without its payload, checkpoint and result, in bytes.</summary>
    private const int RecordBytes = 1_024;

    private TaskCompletionSource? _changed;
    private volatile bool _unclear = true;

    /// <summary>The job as it was last known to be stored; null if there is none.</summary>
    public JobRecord? Current { get; private set; }

    /// <summary>The job as it certainly is stored; null if there is none, or if that is not known.</summary>
    public JobRecord? Known => _unclear ? null : Current;

    public bool Exists => Current is not null;

    /// <summary>Whether somebody waits for a change.</summary>
    public bool IsWatched => Volatile.Read(ref _changed) is not null;

    /// <summary>Roughly what the job weighs in memory, in bytes.</summary>
    public long Weight => RecordBytes + (Current?.Payload.Length ?? 0) + (Current?.Checkpoint?.Length ?? 0) + (Current?.Result?.Length ?? 0);

    /// <summary>Whether there is such a job. That there is none is only said after a look at the store.</summary>
    public async ValueTask<bool> IsThereAsync()
    {
        if (_unclear || Current is null)
        {
            await ReloadAsync();
        }

        return Exists;
    }

    /// <summary>Whether the store has to be asked before anything is decided.</summary>
    public bool IsUnclear => _unclear;

    /// <summary>Takes over what is known of the job without reading it: null if it is most likely new, so that an insert finds out.</summary>
    public void Adopt(JobRecord? record)
    {
        Current = record;
        _unclear = false;
    }

    /// <summary>Makes the job durable if there is none with its id or its unique key.</summary>
    public async Task<InsertOutcome> InsertAsync(JobRecord record)
    {
        await SettleAsync();
        _unclear = true;
        var outcome = await row.InsertAsync(record);
        if (outcome.Status == InsertStatus.Inserted)
        {
            Show(record);
        }

        return outcome;
    }

    /// <summary>
    /// Decides about a command and stores the outcome. A decision that changes nothing is not compared with the store by a write, so it is
    /// made once more of the job as it is stored now: another activation may have moved the job.
    /// </summary>
    /// <exception cref="GridUnavailableException">The store does not answer, or somebody else changes the job all the time.</exception>
    public Task<Transition> DecideAsync(JobCommand command, DateTimeOffset now) => DecideAsync(command, now, static transition => transition);

    /// <summary>Decides about a command, stores the outcome, and makes a reply of it: one await for the caller, where two would be queued.</summary>
    /// <exception cref="GridUnavailableException">The store does not answer, or somebody else changes the job all the time.</exception>
    public async Task<TReply> DecideAsync<TReply>(JobCommand command, DateTimeOffset now, Func<Transition, TReply> reply)
    {
        var isFresh = _unclear;
        for (var decision = 0; decision < MaxDecisions; decision++)
        {
            await SettleAsync();
            var current = Current ?? throw new GridUnavailableException("The job was there and is gone; repeat the call.");
            var transition = JobLifecycle.Decide(current, command, now);
            if (!transition.IsChange && isFresh)
            {
                return reply(transition);
            }

            (_unclear, isFresh) = (true, true);
            if (!transition.IsChange)
            {
                continue;
            }

            if (await (transition.IsDeletion ? row.DeleteAsync(current) : row.UpdateAsync(transition.Next, current.State)))
            {
                Show(transition.IsDeletion ? null : transition.Next);
                EngineTelemetry.Stored(transition);
                return reply(transition);
            }

            var log = logger.Contained();
            using var scope = log.BeginScope(JobScope.Of(current));
            LogStaleRecord(log, current.Id, current.Version);
        }

        throw new GridUnavailableException("The job changes on several silos at once; repeat the call.");
    }

    /// <summary>Reads the job from the store again, if what is held may not be what is stored.</summary>
    public Task SettleAsync() => _unclear ? ReloadAsync() : Task.CompletedTask;

    /// <summary>Ends when the job is another than the version that was seen; it has ended if that is so already, or if the job has ended.</summary>
    public Task ChangeAsync(long seenVersion) => Current is { } job && job.Version == seenVersion && !job.State.IsTerminal()
        ? (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
        : Task.CompletedTask;

    /// <summary>Lets those who wait for a change go.</summary>
    public void Release() => Interlocked.Exchange(ref _changed, null)?.TrySetResult();

    private async Task ReloadAsync() => Show(await row.ReadAsync());

    private void Show(JobRecord? record)
    {
        Current = record;
        _unclear = false;
        Release();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} changed elsewhere after version {Version}; reading it again.")]
    private static partial void LogStaleRecord(ILogger logger, JobId jobId, long version);
}
