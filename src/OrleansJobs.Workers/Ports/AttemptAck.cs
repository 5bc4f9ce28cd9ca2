namespace OrleansJobs.Workers.Ports;

/// <summary>How an attempt ended, as it is sent to the job's authority, which adds policy and randomness.</summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record AttemptAck
{
    // On the wire these are plain arrays and dictionaries, whatever list, map or memory was given.
    [Id(2)]
    private readonly byte[]? _result;

    /// <summary>The token that the start answered with.</summary>
    [Id(0)]
    public required long LeaseToken { get; init; }

    /// <summary>How the attempt ended; never <see cref="AttemptOutcome.Lost"/>.</summary>
    [Id(1)]
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>The result of a success.</summary>
    public ReadOnlyMemory<byte>? Result { get => WireBytes.Optional(_result); init => _result = WireBytes.Of(value); }

    /// <summary>Why it failed; for a cancelled attempt the message is the reason.</summary>
    [Id(3)]
    public JobError? Error { get; init; }

    /// <summary>Whether a failed job may be tried again.</summary>
    [Id(4)]
    public bool Retryable { get; init; } = true;

    /// <summary>The delay of a snooze, or a delay instead of the class's backoff.</summary>
    [Id(5)]
    public TimeSpan? Delay { get; init; }

    /// <summary>W3C trace parent of the attempt's span, for the next attempt's span to link to; null if none is recorded.</summary>
    [Id(6)]
    public string? TraceParent { get; init; }
}
