namespace OrleansJobs.Benchmarks.Scenarios.Dashboards;

/// <summary>The pages that people have open, by what each of them follows.</summary>
internal static class OpenPages
{
    /// <summary>Jobs that somebody looks at, each a reader of its own for the host.</summary>
    public const int Jobs = 10;

    private const int Overviews = 25;
    private const int Classes = 10;
    private const int Silos = 5;

    public static int Count => Overviews + Classes + Silos + Jobs;

    public static IReadOnlyList<string> Of(IEnumerable<JobId> jobs) =>
    [
        .. Enumerable.Repeat("/api/live?overview", Overviews),
        .. Enumerable.Repeat($"/api/live?overview&class={NoopHandler.JobClass}", Classes),
        .. Enumerable.Repeat("/api/live?silos", Silos),
        .. jobs.Take(Jobs).Select(job => $"/api/live?job={job}"),
    ];
}
