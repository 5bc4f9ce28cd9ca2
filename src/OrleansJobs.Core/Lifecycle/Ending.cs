namespace OrleansJobs.Core.Lifecycle;

/// <summary>The one way into a terminal state.</summary>
internal static class Ending
{
    public static Transition Finish(JobRecord record, JobState state, DateTimeOffset now) =>
        new(Verdict.Applied, record with { State = state, FinishedAt = now }, Effects.Finish);
}
