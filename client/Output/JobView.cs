namespace OrleansJobs.Cli.Output;

/// <summary>Shows jobs to people.</summary>
internal static class JobView
{
    private static readonly string[] Columns = ["ID", "CLASS", "STATE", "TENANT", "ATTEMPT", "SUBMITTED", "ERROR"];

    public static Cell State(JobState state) => new(state.ToString(), state switch
    {
        JobState.Succeeded => "green",
        JobState.DeadLettered => "red",
        JobState.Retrying or JobState.Cancelled => "yellow",
        JobState.Running => "blue",
        _ => null,
    });

    public static void Show(Screen screen, JobSnapshot job) => screen.Fields(
        ("id", job.Id.ToString()),
        ("class", job.JobClass),
        ("state", State(job.State)),
        ("tenant", Cell.OrNone(job.Tenant)),
        ("priority", job.Priority),
        ("attempt", AttemptOf(job)),
        ("unique key", Cell.OrNone(job.UniqueKey)),
        ("tags", Cell.OrNone(string.Join(", ", job.Tags))),
        ("submitted", Time(job.SubmittedAt)),
        ("due", Time(job.DueAt)),
        ("started", Cell.OrNone(Time(job.StartedAt))),
        ("waited", WaitOf(job)),
        ("finished", Cell.OrNone(Time(job.FinishedAt))),
        ("silo", Cell.OrNone(job.Silo)),
        ("silos lost", LossesOf(job)),
        ("progress", Cell.OrNone(ProgressOf(job))),
        ("cancel", Cell.OrNone(job.CancelRequested && !job.State.IsTerminal() ? "requested" : null)),
        ("error", job.LastError is { } error ? new Cell($"{error.Type}: {error.Message}", "red") : null),
        ("odd", job.Oddity is { } oddity ? new Cell(oddity, "red") : null),
        ("payload", Cell.OrNone(Printable.Bytes(job.Payload))),
        ("result", job.Result is { } result ? new Cell(Printable.Bytes(result)) : null));

    public static void ShowAll(Screen screen, IReadOnlyList<JobSnapshot> jobs) => screen.Table(
        Columns,
        [
            .. jobs.Select(job => (IReadOnlyList<Cell>)
            [
                job.Id.ToString(), job.JobClass, State(job.State), job.Tenant, AttemptOf(job), Time(job.SubmittedAt),
                job.LastError?.Message ?? (job.Oddity is { } oddity ? $"odd: {oddity}" : ""),
            ]),
        ]);

    /// <summary>One line for one change of a job.</summary>
    public static string Change(JobSnapshot job, DateTimeOffset now)
    {
        var parts = new[]
        {
            $"{now:HH:mm:ss}",
            job.State.ToString(),
            job.Attempt > 0 ? $"attempt {AttemptOf(job)}" : "",
            job.State == JobState.Running && job.Silo is { } silo ? $"on {silo}" : "",
            job.State == JobState.Running ? ProgressOf(job) : "",
            job.State is JobState.Scheduled or JobState.Retrying ? $"due {Time(job.DueAt)}" : "",
            job.State is JobState.Retrying or JobState.DeadLettered or JobState.Cancelled ? job.LastError?.Message ?? "" : "",
        };
        return string.Join("  ", parts.Where(part => part.Length > 0));
    }

    /// <summary>Why a job did not succeed, in a line.</summary>
    public static string Failure(JobSnapshot job) => $"Job {job.Id} ended as {job.State}: {job.LastError?.Message ?? "no reason given"}";

    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'");

    private static string? Time(DateTimeOffset? time) => time is { } known ? Time(known) : null;

    private static Cell? LossesOf(JobSnapshot job) => job.SiloLosses == 0 ? null
        : new Cell(job is { State: JobState.Running, WaitedFor: WaitReason.Alone } ? $"{job.SiloLosses}, so it runs alone" : $"{job.SiloLosses}", "yellow");

    /// <summary>How long the last attempt waited once it was due. The due time of a job that waits again is that of its next attempt.</summary>
    private static Cell? WaitOf(JobSnapshot job)
    {
        var (due, started, reason) = (job.State, job.Attempts) switch
        {
            (JobState.Running, _) => (job.DueAt, job.StartedAt, job.WaitedFor),
            (_, [.., var last]) => (last.DueAt, last.StartedAt, last.WaitedFor),
            _ => default((DateTimeOffset?, DateTimeOffset?, WaitReason)),
        };
        return reason == WaitReason.None ? null : new Cell($"{(started - due)?.TotalSeconds:0.0} s, most of it for {reason}");
    }

    private static string AttemptOf(JobSnapshot job) => $"{job.Attempt}/{job.MaxAttempts}";

    private static string ProgressOf(JobSnapshot job) =>
        job.Progress is { } progress ? $"{Math.Round(progress.Fraction * 100)} % {progress.Message}".TrimEnd() : "";
}
