using Microsoft.Extensions.Logging;
using Orleans.Storage;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Grains.Jobs;

/// <summary>
/// The record that a job grain holds: what is shown is always what is stored. A write whose outcome is unclear is settled by reading
/// before anything else is decided.
/// </summary>
internal sealed partial class JobCell(IPersistentState<JobRecord> state, ILogger logger)
{
    /// <summary>Times that a decision is made anew because the stored job was another than the one held.</summary>
    private const int MaxDecisions = 4;

    private TaskCompletionSource? _changed;
    private bool _unclear;

    /// <summary>The job as it is stored; null if there is none.</summary>
    public JobRecord? Current { get; private set; }

    public bool Exists => Current is not null;

    /// <summary>Takes over what the activation has read.</summary>
    public void Adopt() => Current = state.RecordExists ? state.State : null;

    /// <summary>Makes the job durable if there is none with its id.</summary>
    /// <exception cref="InconsistentStateException">There is one.</exception>
    public async Task InsertAsync(JobRecord record)
    {
        await SettleAsync();
        await WriteAsync(record);
    }

    /// <summary>Decides about a command and stores the outcome.</summary>
    public async Task<Transition> DecideAsync(JobCommand command, DateTimeOffset now)
    {
        for (var decision = 1; ; decision++)
        {
            await SettleAsync();
            var current = Current ?? throw new InconsistentStateException("The job is gone.");
            var transition = JobLifecycle.Decide(current, command, now);
            if (!transition.IsChange)
            {
                return transition;
            }

            try
            {
                await WriteAsync(transition.Next);
                return transition;
            }
            catch (InconsistentStateException) when (decision < MaxDecisions)
            {
                LogStaleRecord(logger, current.Id, current.Version);
            }
        }
    }

    /// <summary>Reads the job from the store again.</summary>
    public async Task ReloadAsync()
    {
        await state.ReadStateAsync();
        _unclear = false;
        Show(state.RecordExists ? state.State : null);
    }

    /// <summary>Ends when the job changes.</summary>
    public Task ChangeAsync() =>
        (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Lets those who wait go, because the activation ends.</summary>
    public void Release() => Interlocked.Exchange(ref _changed, null)?.TrySetResult();

    private Task SettleAsync() => _unclear ? ReloadAsync() : Task.CompletedTask;

    private async Task WriteAsync(JobRecord next)
    {
        state.State = next;
        _unclear = true;
        await state.WriteStateAsync();
        _unclear = false;
        Show(next);
    }

    private void Show(JobRecord? record)
    {
        Current = record;
        Release();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} changed elsewhere after version {Version}; reading it again.")]
    private static partial void LogStaleRecord(ILogger logger, JobId jobId, long version);
}
