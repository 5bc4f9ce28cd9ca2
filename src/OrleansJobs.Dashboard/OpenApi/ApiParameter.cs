namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>A key of a query, or a part of a path.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it is read as.</param>
/// <param name="Text">What it means, in a sentence.</param>
internal sealed record ApiParameter(string Name, Type Type, string Text)
{
    /// <summary>The least number that is taken; null when any is.</summary>
    public decimal? Min { get; init; }

    /// <summary>The greatest number that is taken; null when any is.</summary>
    public decimal? Max { get; init; }

    /// <summary>What holds when it is not said; null when that is nothing.</summary>
    public int? Default { get; init; }

    public static ApiParameter Of(string name, string text) => new(name, typeof(string), text);

    public static ApiParameter Limit(int whenMissing) =>
        new("limit", typeof(int), "Entries at most; a page may have fewer.") { Min = 1, Max = JobLimits.MaxPageSize, Default = whenMissing };

    public static ApiParameter After(string of) => new("after", typeof(long), $"Only what comes after this place, which is {of} of the page before.") { Min = 0, Default = 0 };

    public static ApiParameter Cursor { get; } = Of("cursor", "The `nextCursor` of the page before.");

    public static ApiParameter Wait { get; } =
        new("wait", typeof(double), "Seconds to wait for something new; a duration such as `2.5s` is taken too.") { Min = 0, Max = (decimal)Http.HttpLimits.MaxWait.TotalSeconds, Default = 0 };
}
