namespace OrleansJobs.Cli.Output;

/// <summary>Shows job classes to people.</summary>
internal static class ClassView
{
    private static readonly string[] Columns =
        ["CLASS", "QUEUED", "RUNNING", "SCHEDULED", "RETRYING", "SUCCEEDED", "DEAD", "CANCELLED", "WORKERS", "CAP", "RATE", "PAUSED", "VERDICT"];

    public static void ShowAll(Screen screen, IReadOnlyList<ClassOverview> classes) => screen.Table(
        Columns,
        [
            .. classes.Select(overview => (IReadOnlyList<Cell>)[.. RowOf(overview.Status), VerdictOf(overview.History.Verdict)]),
        ]);

    public static void Show(Screen screen, ClassOverview overview)
    {
        var (one, verdict) = (overview.Status, overview.History.Verdict);
        var counts = one.Counts;
        screen.Fields(
            ("class", one.JobClass),
            ("open", $"{counts.Queued} queued, {counts.Running} running, {counts.Scheduled} scheduled, {counts.Retrying} retrying"),
            ("ended", $"{counts.Succeeded} succeeded, {counts.DeadLettered} dead-lettered, {counts.Cancelled} cancelled"),
            ("attempts", $"{one.Started} started, {one.Failed} failed since {JobView.Time(one.Since)}"),
            ("verdict", VerdictOf(verdict)),
            ("because", verdict.Summary));
        foreach (var line in verdict.Evidence)
        {
            screen.Line($"  {line}");
        }

        screen.Fields(
            [("max local workers", $"{one.Settings.MaxLocalWorkers} (up to {one.MaxLocalWorkersCeiling})"), .. LimitsOf(one.Settings)]);
        if (one.Pools.Count > 0)
        {
            screen.Table(["SILO", "PERMITS", "RUNNING", "WITHOUT LEASE", "DRAINING"], [.. one.Pools.Select(Pool)]);
        }
    }

    public static void Show(Screen screen, string jobClass, JobClassSettings settings) => screen.Fields(
        [("class", jobClass), ("max local workers", settings.MaxLocalWorkers), .. LimitsOf(settings)]);

    private static IReadOnlyList<Cell> RowOf(JobClassStatus one) =>
    [
        one.JobClass, one.Counts.Queued, one.Counts.Running, one.Counts.Scheduled, one.Counts.Retrying, one.Counts.Succeeded,
        DeadLetters(one.Counts), one.Counts.Cancelled, WorkersOf(one), Limit(one.Settings.MaxConcurrentJobs),
        one.Settings.Rate.ToString(), PausedOf(one.Settings),
    ];

    private static Cell VerdictOf(ClassVerdict verdict) =>
        new(verdict.Kind.ToString(), verdict.Kind == VerdictKind.KeepsUp ? "green" : "yellow");

    private static (string Name, Cell? Value)[] LimitsOf(JobClassSettings settings) =>
    [
        ("max concurrent", Limit(settings.MaxConcurrentJobs)),
        ("max per tenant", Limit(settings.MaxConcurrentJobsPerTenant)),
        ("rate", settings.Rate.ToString()),
        ("weights", Cell.OrNone(string.Join(", ", settings.TenantWeights.Select(weight => $"{weight.Key}={weight.Value}")))),
        ("paused", PausedOf(settings)),
    ];

    private static IReadOnlyList<Cell> Pool(PoolStatus pool) => [pool.Silo, pool.Permits, pool.Running, WithoutLease(pool.Overstaying), pool.Draining ? "yes" : "no"];

    /// <summary>Handlers that hold a slot although their lease has ended.</summary>
    internal static Cell WithoutLease(int handlers) => new(handlers.ToString(), handlers > 0 ? "yellow" : null);

    private static Cell DeadLetters(JobCounts counts) => new(counts.DeadLettered.ToString(), counts.DeadLettered > 0 ? "red" : null);

    private static Cell PausedOf(JobClassSettings settings) => settings.Paused ? new Cell("yes", "yellow") : new Cell("no");

    private static string WorkersOf(JobClassStatus one) => $"{one.Settings.MaxLocalWorkers} x {one.Pools.Count}";

    private static string Limit(int limit) => limit == 0 ? "none" : limit.ToString();
}
