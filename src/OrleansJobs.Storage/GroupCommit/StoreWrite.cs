using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Storage.GroupCommit;

/// <summary>A write that waits for its group. The kinds are nested; each carries its caller's answer.</summary>
internal abstract class StoreWrite : IBatchItem
{
    private StoreWrite()
    {
    }

    /// <inheritdoc/>
    public virtual int Bytes => 0;

    /// <inheritdoc/>
    public abstract void Fail(Exception exception);

    /// <summary>Keeps the error of this write until the commit of the others.</summary>
    public abstract void StageFailure(Exception exception);

    /// <summary>Gives the caller what was staged; only after the commit.</summary>
    public abstract void Answer();

    /// <summary>A write with an answer.</summary>
    internal abstract class Of<TAnswer> : StoreWrite
    {
        private readonly TaskCompletionSource<TAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TAnswer? _staged;
        private Exception? _failure;

        public Task<TAnswer> Task => _answer.Task;

        /// <summary>Keeps the answer until the commit. A group that is tried again stages again.</summary>
        public void Stage(TAnswer answer) => (_staged, _failure) = (answer, null);

        public override void StageFailure(Exception exception) => _failure = exception;

        public override void Answer()
        {
            if (_failure is not null)
            {
                _answer.TrySetException(_failure);
            }
            else
            {
                _answer.TrySetResult(_staged!);
            }
        }

        public override void Fail(Exception exception) => _answer.TrySetException(exception);
    }

    /// <summary>A new job.</summary>
    internal sealed class Insert(JobRecord record) : Of<InsertOutcome>
    {
        public JobRecord Record { get; } = record;

        public override int Bytes => Record.Payload.Length;
    }

    /// <summary>A change of a job.</summary>
    internal sealed class Update(JobRecord next, JobState before) : Of<bool>
    {
        public JobRecord Next { get; } = next;

        public JobState Before { get; } = before;

        public override int Bytes => (Next.Checkpoint?.Length ?? 0) + (Next.Result?.Length ?? 0);
    }

    /// <summary>The removal of old ended jobs.</summary>
    internal sealed class Prune(string jobClass, DateTimeOffset finishedBefore, int limit) : Of<int>
    {
        public string JobClass { get; } = jobClass;

        public DateTimeOffset FinishedBefore { get; } = finishedBefore;

        public int Limit { get; } = limit;
    }

    /// <summary>The removal of one ended job.</summary>
    internal sealed class Delete(JobId id, long version) : Of<bool>
    {
        public JobId Id { get; } = id;

        public long Version { get; } = version;
    }

    /// <summary>A change of a class's settings.</summary>
    internal sealed class Settings(string jobClass, ClassSettingsRow next) : Of<bool>
    {
        public string JobClass { get; } = jobClass;

        public ClassSettingsRow Next { get; } = next;

        public override int Bytes => Next.Document.Length;
    }

    /// <summary>Lines of jobs' logs.</summary>
    internal sealed class Log(IReadOnlyList<LoggedLine> lines) : Of<bool>
    {
        public IReadOnlyList<LoggedLine> Lines { get; } = lines;

        public override int Bytes => Lines.Sum(line => line.Line.Text.Length);
    }

    /// <summary>An entry of the audit trail.</summary>
    internal sealed class Audit(DateTimeOffset at, AuditKind kind, string document, IReadOnlyList<AuditBounds> keep) : Of<bool>
    {
        public DateTimeOffset At { get; } = at;

        public AuditKind Kind { get; } = kind;

        public string Document { get; } = document;

        public IReadOnlyList<AuditBounds> Keep { get; } = keep;

        public override int Bytes => Document.Length;
    }

    /// <summary>Upkeep of the store's own: no rows of any caller.</summary>
    internal sealed class Upkeep : Of<bool>;
}
