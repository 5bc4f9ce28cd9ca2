using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs;

namespace LearningPlatform.Tests.Support;

/// <summary>One attempt of a job, without a grid; <see cref="Next"/> is the attempt after it, with its checkpoint and a higher token.</summary>
internal sealed class AttemptContext(JobId id, DateTimeOffset submittedAt, int attempt = 1, byte[]? checkpoint = null) : JobContext, IDisposable
{
    public static readonly DateTimeOffset Submitted = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
    private readonly CancellationTokenSource _stop = new();
    private byte[]? _checkpoint = checkpoint;

    public AttemptContext() : this(Submitted)
    {
    }

    public AttemptContext(DateTimeOffset submittedAt) : this(JobId.New(submittedAt), submittedAt)
    {
    }

    public List<(double Fraction, string? Message)> Reports { get; } = [];

    public int Checkpoints { get; private set; }

    public bool HasCheckpoint => _checkpoint is not null;

    /// <summary>Called after each progress report with the number of reports so far.</summary>
    public Action<int>? Reported { get; set; }

    public override JobId JobId => id;

    public override string JobClass => "test";

    public override string Tenant => "";

    public override int Attempt => attempt;

    public override int MaxAttempts => 10;

    public override long LeaseToken => attempt;

    public override DateTimeOffset SubmittedAt => submittedAt;

    public override IReadOnlyList<string> Tags => [];

    public override object Payload => new();

    public override CancellationToken CancellationToken => _stop.Token;

    public override CancellationCause CancellationCause => _stop.IsCancellationRequested ? CancellationCause.Draining : CancellationCause.None;

    public override ILogger Logger => NullLogger.Instance;

    public override IServiceProvider Services => throw new NotSupportedException("The handlers get their services by constructor.");

    public AttemptContext Next() => new(id, submittedAt, attempt + 1, _checkpoint);

    public void Stop() => _stop.Cancel();

    public override void Heartbeat()
    {
    }

    public override ValueTask ReportProgressAsync(double fraction, string? message = null)
    {
        Reports.Add((fraction, message));
        Reported?.Invoke(Reports.Count);
        return ValueTask.CompletedTask;
    }

    public override Task SaveCheckpointAsync<T>(T checkpoint)
    {
        _checkpoint = JobSerializer.Default.Serialize(checkpoint);
        Assert.InRange(_checkpoint.Length, 1, JobLimits.MaxCheckpointBytes);
        Checkpoints++;
        return Task.CompletedTask;
    }

    public override T? LoadCheckpoint<T>() where T : default =>
        _checkpoint is null ? default : JobSerializer.Default.Deserialize<T>(_checkpoint);

    public void Dispose() => _stop.Dispose();
}
