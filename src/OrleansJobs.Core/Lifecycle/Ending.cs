namespace OrleansJobs.Core.Lifecycle;

/// <summary>The way into a terminal state for jobs that do not succeed.</summary>
internal static class Ending
{
    public static Transition Finish(JobRecord record, JobState state, DateTimeOffset now) =>
        new(Verdict.Applied, record with { State = state, FinishedAt = now }, Effects.Finish);
}
