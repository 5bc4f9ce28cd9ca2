namespace OrleansJobs;

/// <summary>Where the bottleneck of a job class is, and what shows it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Summary">The same in a sentence with its figures.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record ClassVerdict([property: Id(0)] VerdictKind Kind, [property: Id(1)] string Summary)
{
    // On the wire these are plain arrays and dictionaries, whatever list, map or memory was given.
    [Id(2)]
    private readonly string[] _evidence = [];

    /// <summary>The figures that it rests on, each in a sentence.</summary>
    public IReadOnlyList<string> Evidence { get => _evidence; init => _evidence = WireLists.Array(value); }

    /// <summary>In what time the backlog is worked off if things go on as they do; null if it does not shrink, or there is none.</summary>
    [Id(3)]
    public TimeSpan? DrainTime { get; init; }

    /// <summary>Jobs ended per second that one more slot would add; null where that is not known or slots are not the limit.</summary>
    [Id(4)]
    public double? GainOfOneMorePermit { get; init; }
}
