namespace OrleansJobs;

/// <summary>How an attempt ended, said by its handler.</summary>
public sealed class JobResult
{
    private Func<JobSerializer, byte[]>? _write;

    private JobResult(JobResultKind kind, string? reason = null, TimeSpan? delay = null, object? value = null)
    {
        Kind = kind;
        Reason = reason;
        Delay = delay;
        Value = value;
    }

    /// <summary>The job is done and has no result.</summary>
    public static JobResult Done { get; } = new(JobResultKind.Succeeded);

    /// <summary>What is asked for.</summary>
    public JobResultKind Kind { get; }

    /// <summary>Why, for a retry, a dead letter or a cancel.</summary>
    public string? Reason { get; }

    /// <summary>How long to wait, for a snooze; or instead of the class's backoff, for a retry.</summary>
    public TimeSpan? Delay { get; }

    /// <summary>The result, to be stored as JSON; at most <see cref="JobLimits.MaxResultBytes"/> bytes.</summary>
    public object? Value { get; }

    /// <summary>
    /// The job is done, with a result that <see cref="JobHandle{TResult}"/> and the results queue give back. It is written by the type that is
    /// declared here, so that one which is declared as a base type is read as that again.
    /// </summary>
    public static JobResult Success<T>(T value) =>
        new(JobResultKind.Succeeded, value: value) { _write = serializer => serializer.Serialize(value) };

    /// <summary>Run the job again after a delay, at no cost of an attempt.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative or over <see cref="JobLimits.MaxDelay"/>.</exception>
    public static JobResult Snooze(TimeSpan delay) => new(JobResultKind.Snooze, delay: Checked(delay));

    /// <summary>The attempt failed; the next one comes after the delay, or after the class's backoff if none is given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative or over <see cref="JobLimits.MaxDelay"/>.</exception>
    public static JobResult Retry(string reason, TimeSpan? after = null) =>
        new(JobResultKind.Retry, reason, after is { } delay ? Checked(delay) : null);

    /// <summary>The job failed and must not be tried again.</summary>
    public static JobResult DeadLetter(string reason) => new(JobResultKind.DeadLetter, reason);

    /// <summary>The job is not wanted any more; it ends as cancelled.</summary>
    public static JobResult Cancel(string reason) => new(JobResultKind.Cancel, reason);

    /// <summary>The value as it is stored.</summary>
    internal byte[] Write(JobSerializer serializer) => _write!(serializer);

    private static TimeSpan Checked(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, JobLimits.MaxDelay);
        return delay;
    }
}
