namespace OrleansJobs.Client.Grains;

/// <summary>A <see cref="JobsException"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.error")]
public sealed record GridError
{
    /// <summary>The exception's code.</summary>
    [Id(0)]
    public required string Code { get; init; }

    /// <summary>The exception's text.</summary>
    [Id(1)]
    public required string Message { get; init; }

    /// <summary>The job or class that it is about.</summary>
    [Id(2)]
    public string Subject { get; init; } = "";

    /// <summary>The state that the job is in.</summary>
    [Id(3)]
    public JobState State { get; init; }

    /// <summary>Each fault of invalid options.</summary>
    [Id(4)]
    public string[] Faults { get; init; } = [];

    /// <summary>What was asked of the job.</summary>
    [Id(5)]
    public string Asked { get; init; } = "";

    /// <summary>Puts an exception on the wire.</summary>
    public static GridError From(JobsException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var error = new GridError { Code = exception.Code, Message = exception.Message };
        return exception switch
        {
            JobNotFoundException missing => error with { Subject = missing.Id.ToString() },
            DuplicateJobException duplicate => error with { Subject = duplicate.Id.ToString() },
            UnknownJobClassException unknown => error with { Subject = unknown.JobClass },
            JobStateException state => error with { Subject = state.Id.ToString(), State = state.State, Asked = state.Asked },
            InvalidOptionsException options => error with { Faults = [.. options.Faults] },
            _ => error,
        };
    }

    /// <summary>Takes the exception off the wire.</summary>
    public JobsException ToException() => Code switch
    {
        "job-not-found" => new JobNotFoundException(JobId.Parse(Subject)),
        "duplicate-job" => new DuplicateJobException(JobId.Parse(Subject)),
        "unknown-job-class" => new UnknownJobClassException(Subject),
        "job-state" => new JobStateException(JobId.Parse(Subject), State, Asked),
        "invalid-options" => new InvalidOptionsException(Faults),
        "payload-too-large" => new PayloadTooLargeException(Message),
        "invalid-request" => new InvalidRequestException(Message),
        _ => new GridUnavailableException(Message),
    };
}
