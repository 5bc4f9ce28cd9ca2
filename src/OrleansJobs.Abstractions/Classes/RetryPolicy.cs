namespace OrleansJobs;

/// <summary>How often, and after what delay, a failed job is tried again. Made by <see cref="Retry"/>.</summary>
public sealed record RetryPolicy
{
    /// <summary>Largest <see cref="Factor"/>; the smallest is 1.</summary>
    public const double MaxFactor = 10;

    /// <summary>Attempts in all, the first included; from 1 to <see cref="JobLimits.MaxAttempts"/>. 10 by default.</summary>
    public int MaxAttempts { get; init; } = 10;

    /// <summary>Delay after the first failure. 1 s by default.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What the delay is multiplied by with each further failure, from 1 to <see cref="MaxFactor"/>. 2 by default.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>No delay is longer. 15 min by default.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How delays are spread. Full by default.</summary>
    public Jitter Jitter { get; init; } = Jitter.Full;

    /// <summary>Delays given one by one, the last one repeated; empty for an exponential backoff.</summary>
    public IReadOnlyList<TimeSpan> Schedule { get; init; } = [];

    /// <summary>Exception types, with all that derive from them, that dead-letter the job at once.</summary>
    public IReadOnlyList<Type> NonRetryable { get; init; } = [];

    /// <summary>The same policy, by which an exception of this type dead-letters the job at once.</summary>
    public RetryPolicy DoNotRetry<TException>() where TException : Exception =>
        this with { NonRetryable = [.. NonRetryable, typeof(TException)] };

    /// <summary>Whether a job that failed with this exception may be tried again.</summary>
    public bool Allows(Exception exception) => !NonRetryable.Any(type => type.IsInstanceOfType(exception));
}
