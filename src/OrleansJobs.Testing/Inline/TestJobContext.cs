using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansJobs.Testing;

/// <summary>
/// One attempt for a test that calls a handler without a grid: what the handler reads is set by <see cref="TestAttempt"/>, what it says is
/// kept. Safe to use from the handler's threads.
/// </summary>
public sealed class TestJobContext : JobContext, IDisposable
{
    private readonly Lock _gate = new();
    private readonly TestAttempt _attempt;
    private readonly CancellationTokenSource _cancelled = new();
    private readonly ServiceProvider _noServices = new ServiceCollection().BuildServiceProvider();
    private readonly ListLogger _logger = new();
    private readonly List<JobProgress> _progress = [];
    private ReadOnlyMemory<byte>? _checkpoint;
    private CancellationCause _cause;
    private object? _payload;
    private int _heartbeats;

    /// <summary>Makes the context of an attempt; by default the first of a job of the shared tenant.</summary>
    public TestJobContext(TestAttempt? attempt = null)
    {
        _attempt = attempt ?? new TestAttempt();
        if (_attempt.Checkpoint is { } checkpoint)
        {
            _checkpoint = _attempt.Serializer.Serialize(checkpoint);
        }
    }

    /// <inheritdoc/>
    public override JobId JobId => _attempt.JobId;

    /// <inheritdoc/>
    public override string JobClass => _attempt.JobClass;

    /// <inheritdoc/>
    public override string Tenant => _attempt.Tenant;

    /// <inheritdoc/>
    public override int Attempt => _attempt.Attempt;

    /// <inheritdoc/>
    public override int MaxAttempts => _attempt.MaxAttempts;

    /// <inheritdoc/>
    public override long LeaseToken => _attempt.LeaseToken;

    /// <inheritdoc/>
    public override DateTimeOffset SubmittedAt => _attempt.SubmittedAt;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Tags => _attempt.Tags;

    /// <summary>What <see cref="RunAsync{TPayload}"/> hands to the handler.</summary>
    /// <exception cref="InvalidOperationException">No handler has been run yet.</exception>
    public override object Payload => _payload ?? throw new InvalidOperationException("There is no payload before RunAsync is called.");

    /// <inheritdoc/>
    public override CancellationToken CancellationToken => _cancelled.Token;

    /// <inheritdoc/>
    public override CancellationCause CancellationCause => _cause;

    /// <summary>Keeps its lines in <see cref="Log"/>.</summary>
    public override ILogger Logger => _logger;

    /// <inheritdoc/>
    public override IServiceProvider Services => _attempt.Services ?? _noServices;

    /// <summary>What the handler logged.</summary>
    public IReadOnlyList<TestLogLine> Log => _logger.Lines;

    /// <summary>Every progress that the handler reported; a grid may merge frequent ones.</summary>
    public IReadOnlyList<JobProgress> Progress
    {
        get
        {
            lock (_gate)
            {
                return [.. _progress];
            }
        }
    }

    /// <summary>Signs of life: heartbeats, progress and checkpoints.</summary>
    public int Heartbeats => Volatile.Read(ref _heartbeats);

    /// <summary>
    /// Runs a handler as a grid would: the payload goes through JSON, as does a result's value, and limits hold. What the handler throws
    /// comes out as it is.
    /// </summary>
    /// <exception cref="PayloadTooLargeException">
    /// The payload is over <see cref="JobLimits.MaxPayloadBytes"/>, or the result over <see cref="JobLimits.MaxResultBytes"/>.
    /// </exception>
    /// <exception cref="System.Text.Json.JsonException">
    /// The payload cannot be written to JSON and read again, or is not valid for its type: a grid would make it a dead letter.
    /// </exception>
    public async Task<JobResult> RunAsync<TPayload>(IJobHandler<TPayload> handler, TPayload payload)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var bytes = _attempt.Serializer.SerializePayload(payload);
        Limit("payload", bytes.Length, JobLimits.MaxPayloadBytes);
        var read = _attempt.Serializer.DeserializePayload<TPayload>(bytes);
        _payload = read;
        var result = await handler.HandleAsync(read, this) ?? throw new JobAssertionException("The handler returned null instead of a JobResult.");
        if (result.Value is { } value)
        {
            Limit("result", _attempt.Serializer.Serialize(value).Length, JobLimits.MaxResultBytes);
        }

        return result;
    }

    /// <summary>Asks the attempt to stop, as a timeout, a cancel or a drain would.</summary>
    public void Stop(CancellationCause cause)
    {
        if (_cause != CancellationCause.None)
        {
            return;
        }

        _cause = cause;
        _cancelled.Cancel();
    }

    /// <inheritdoc/>
    public override void Heartbeat() => Interlocked.Increment(ref _heartbeats);

    /// <inheritdoc/>
    public override ValueTask ReportProgressAsync(double fraction, string? message = null)
    {
        Heartbeat();
        var progress = new JobProgress(double.IsNaN(fraction) ? 0 : Math.Clamp(fraction, 0, 1), message, _attempt.Time.GetUtcNow());
        lock (_gate)
        {
            _progress.Add(progress);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task SaveCheckpointAsync<T>(T checkpoint)
    {
        Heartbeat();
        var bytes = _attempt.Serializer.Serialize(checkpoint);
        Limit("checkpoint", bytes.Length, JobLimits.MaxCheckpointBytes);
        _checkpoint = bytes;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override T? LoadCheckpoint<T>() where T : default =>
        _checkpoint is { } bytes ? _attempt.Serializer.Deserialize<T>(bytes) : default;

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancelled.Dispose();
        _noServices.Dispose();
    }

    private static void Limit(string what, int bytes, int limit)
    {
        if (bytes > limit)
        {
            throw new PayloadTooLargeException(what, bytes, limit);
        }
    }
}
