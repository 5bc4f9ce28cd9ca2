namespace OrleansJobs;

/// <summary>Where the bottleneck of a job class is, and what shows it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Summary">The same in a sentence with its figures.</param>
public sealed record ClassVerdict(VerdictKind Kind, string Summary)
{
    /// <summary>The figures that it rests on, each in a sentence.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>In what time the backlog is worked off if things go on as they do; null if it does not shrink, or there is none.</summary>
    public TimeSpan? DrainTime { get; init; }

    /// <summary>Jobs ended per second that one more slot would add; null where that is not known or slots are not the limit.</summary>
    public double? GainOfOneMorePermit { get; init; }
}
