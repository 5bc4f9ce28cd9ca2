namespace OrleansJobs;

/// <summary>Makes retry policies.</summary>
public static class Retry
{
    /// <summary>One attempt: a job that fails is dead-lettered.</summary>
    public static RetryPolicy None { get; } = new() { MaxAttempts = 1 };

    /// <summary>Delays that grow by a factor. See <see cref="RetryPolicy"/> for what is not given.</summary>
    public static RetryPolicy Exponential(
        int maxAttempts, TimeSpan? firstDelay = null, TimeSpan? maxDelay = null, double factor = 2, Jitter jitter = Jitter.Full)
    {
        var defaults = new RetryPolicy();
        return defaults with
        {
            MaxAttempts = maxAttempts,
            FirstDelay = firstDelay ?? defaults.FirstDelay,
            MaxDelay = maxDelay ?? defaults.MaxDelay,
            Factor = factor,
            Jitter = jitter,
        };
    }

    /// <summary>The same delay after every failure.</summary>
    public static RetryPolicy Fixed(int maxAttempts, TimeSpan delay) => new() { MaxAttempts = maxAttempts, Schedule = [delay] };

    /// <summary>A delay for each failure: the job has one attempt more than there are delays.</summary>
    public static RetryPolicy Schedule(params IReadOnlyList<TimeSpan> delays) =>
        new() { MaxAttempts = delays.Count + 1, Schedule = [.. delays] };
}
