namespace OrleansJobs;

/// <summary>Why an attempt failed.</summary>
/// <param name="Type">
/// Full name of the exception type, or a short word such as <c>timeout</c> or <c>silo-lost</c>; at most
/// <see cref="JobLimits.MaxErrorTypeLength"/> characters.
/// </param>
/// <param name="Message">What went wrong, at most <see cref="JobLimits.MaxErrorMessageLength"/> characters.</param>
/// <param name="Stack">The stack trace, at most <see cref="JobLimits.MaxErrorStackLength"/> characters, if there is one.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record JobError([property: Id(0)] string Type, [property: Id(1)] string Message, [property: Id(2)] string? Stack = null)
{
    /// <summary>An attempt ran longer than its timeout.</summary>
    public const string Timeout = "timeout";

    /// <summary>An attempt gave no heartbeat within its heartbeat timeout.</summary>
    public const string HeartbeatTimeout = "heartbeat-timeout";

    /// <summary>The silo that ran the attempt died, or stopped renewing the lease.</summary>
    public const string SiloLost = "silo-lost";

    /// <summary>The silo was lost again while it ran the job alone: the job is taken for the cause.</summary>
    public const string EndsItsSilo = "ends-its-silo";

    /// <summary>The payload could not be read as the handler's type.</summary>
    public const string InvalidPayload = "invalid-payload";

    /// <summary>The stored row has a value that the grid cannot work with, because another program wrote it.</summary>
    public const string InvalidRow = "invalid-row";

    /// <summary>The result was larger than <see cref="JobLimits.MaxResultBytes"/>.</summary>
    public const string ResultTooLarge = "result-too-large";

    /// <summary>The handler has succeeded, but its result cannot be written as JSON.</summary>
    public const string InvalidResult = "invalid-result";

    /// <summary>The handler asked for a retry.</summary>
    public const string Retry = "retry";

    /// <summary>The handler, or an operator, sent the job to the dead letters.</summary>
    public const string DeadLetter = "dead-letter";

    /// <summary>The job was cancelled.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Makes an error from an exception, cut to the limits.</summary>
    public static JobError From(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new JobError(exception.GetType().FullName ?? exception.GetType().Name, exception.Message, exception.StackTrace).Cut();
    }

    /// <summary>This error, cut to the limits.</summary>
    public JobError Cut() => this with
    {
        Type = Cut(Type, JobLimits.MaxErrorTypeLength),
        Message = Cut(Message, JobLimits.MaxErrorMessageLength),
        Stack = Stack is null ? null : Cut(Stack, JobLimits.MaxErrorStackLength),
    };

    private static string Cut(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");
}
