namespace OrleansJobs;

/// <summary>Failures of a class's attempts that say the same.</summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record ErrorGroup
{
    /// <summary>The type of the exception, as <see cref="JobError"/> has it.</summary>
    [Id(0)]
    public required string Type { get; init; }

    /// <summary>The message, cut to <see cref="InsightLimits.MaxGroupMessageLength"/>; numbers and ids in it are those of the last failure.</summary>
    [Id(1)]
    public required string Message { get; init; }

    /// <summary>How many attempts failed so.</summary>
    [Id(2)]
    public long Count { get; init; }

    /// <summary>When the first of them did.</summary>
    [Id(3)]
    public DateTimeOffset FirstAt { get; init; }

    /// <summary>When the last of them did.</summary>
    [Id(4)]
    public DateTimeOffset LastAt { get; init; }

    /// <summary>The job that failed last.</summary>
    [Id(5)]
    public JobId LastJob { get; init; }
}
