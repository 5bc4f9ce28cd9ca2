namespace OrleansJobs.Workers.Ports;

/// <summary>How an attempt ended, as it is sent to the job's authority, which adds policy and randomness.</summary>
public sealed record AttemptAck
{
    /// <summary>The token that the start answered with.</summary>
    public required long LeaseToken { get; init; }

    /// <summary>How the attempt ended; never <see cref="AttemptOutcome.Lost"/>.</summary>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>The result of a success.</summary>
    public ReadOnlyMemory<byte>? Result { get; init; }

    /// <summary>Why it failed; for a cancelled attempt the message is the reason.</summary>
    public JobError? Error { get; init; }

    /// <summary>Whether a failed job may be tried again.</summary>
    public bool Retryable { get; init; } = true;

    /// <summary>The delay of a snooze, or a delay instead of the class's backoff.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>W3C trace parent of the attempt's span, for the next attempt's span to link to; null if none is recorded.</summary>
    public string? TraceParent { get; init; }
}
