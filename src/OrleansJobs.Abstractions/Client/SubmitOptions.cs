namespace OrleansJobs;

/// <summary>What may be said of a job when it is submitted.</summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record SubmitOptions
{
    // On the wire these are plain arrays and dictionaries, whatever list, map or memory was given.
    [Id(9)]
    private readonly string[] _tags = [];

    /// <summary>Nothing said: the shared tenant, default priority, due now.</summary>
    public static SubmitOptions Default { get; } = new();

    /// <summary>The job's identity; a new one is made if it is null.</summary>
    [Id(0)]
    public JobId? Id { get; init; }

    /// <summary>Whose job it is: tenants share the class's slots by weight. Empty, the default, is the shared tenant.</summary>
    [Id(1)]
    public string Tenant { get; init; } = "";

    /// <summary>From <see cref="JobLimits.MinPriority"/> to <see cref="JobLimits.MaxPriority"/>; in a tenant the highest goes first.</summary>
    [Id(2)]
    public int Priority { get; init; } = JobLimits.DefaultPriority;

    /// <summary>Run no earlier than this long from now. Not together with <see cref="DueAt"/>.</summary>
    [Id(3)]
    public TimeSpan? Delay { get; init; }

    /// <summary>Run no earlier than this. A past time means now. Not together with <see cref="Delay"/>.</summary>
    [Id(4)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>
    /// The class has at most one kept job with this key: a second submit answers with the first job. The key is free again when the
    /// job is pruned.
    /// </summary>
    [Id(5)]
    public string? UniqueKey { get; init; }

    /// <summary>Attempts in all; the class's retry policy decides if it is null.</summary>
    [Id(6)]
    public int? MaxAttempts { get; init; }

    /// <summary>The longest that one attempt may take; the class decides if it is null.</summary>
    [Id(7)]
    public TimeSpan? Timeout { get; init; }

    /// <summary>What the job counts for in its tenant's share, from 1 to <see cref="JobLimits.MaxCost"/>.</summary>
    [Id(8)]
    public int Cost { get; init; } = 1;

    /// <summary>Words to find the job by; at most <see cref="JobLimits.MaxTags"/>.</summary>
    public IReadOnlyList<string> Tags { get => _tags; init => _tags = WireLists.Array(value); }
}
