using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Workers.Logging;

namespace OrleansJobs.Workers.Execution;

/// <summary>An attempt as its handler sees it.</summary>
internal sealed class AttemptContext(
    JobRecord job,
    object payload,
    RunningAttempt attempt,
    AttemptWatch watch,
    ProgressReporter reporter,
    JobSerializer serializer,
    IServiceProvider services,
    ILogger logger,
    JobLog log,
    TimeProvider time) : JobContext
{
    private ILogger? _logger;
    private ReadOnlyMemory<byte>? _checkpoint = job.Checkpoint;

    public override JobId JobId => job.Id;

    public override string JobClass => job.JobClass;

    public override string Tenant => job.Tenant;

    public override int Attempt => job.Attempt;

    public override int MaxAttempts => job.MaxAttempts;

    public override long LeaseToken => job.LeaseToken;

    public override DateTimeOffset SubmittedAt => job.SubmittedAt;

    public override IReadOnlyList<string> Tags => job.Tags;

    public override object Payload => payload;

    public override CancellationToken CancellationToken => attempt.Stopped;

    public override CancellationCause CancellationCause => attempt.Cause;

    /// <summary>Made when it is first asked for: an attempt that logs nothing pays nothing.</summary>
    public override ILogger Logger =>
        Volatile.Read(ref _logger) ?? Interlocked.CompareExchange(ref _logger, log.Of(job, logger, time), null) ?? _logger!;

    public override IServiceProvider Services => services;

    public override void Heartbeat() => watch.Heartbeat();

    public override ValueTask ReportProgressAsync(double fraction, string? message = null)
    {
        Heartbeat();
        reporter.Report(new JobProgress(double.IsNaN(fraction) ? 0 : Math.Clamp(fraction, 0, 1), Cut(message), time.GetUtcNow()));
        return ValueTask.CompletedTask;
    }

    public override async Task SaveCheckpointAsync<T>(T checkpoint)
    {
        Heartbeat();
        var bytes = serializer.Serialize(checkpoint);
        if (bytes.Length > JobLimits.MaxCheckpointBytes)
        {
            throw new PayloadTooLargeException("checkpoint", bytes.Length, JobLimits.MaxCheckpointBytes);
        }

        await reporter.SaveCheckpointAsync(bytes);
        _checkpoint = bytes;
        Heartbeat();
    }

    public override T? LoadCheckpoint<T>() where T : default =>
        _checkpoint is { } bytes ? serializer.Deserialize<T>(bytes) : default;

    /// <summary>The attempt has ended; what it has logged is to be stored soon.</summary>
    public void EndLog() => (Volatile.Read(ref _logger) as AttemptLogger)?.End();

    private static string? Cut(string? message) => message?.Length > JobLimits.MaxProgressMessageLength
        ? message[..JobLimits.MaxProgressMessageLength]
        : message;
}
