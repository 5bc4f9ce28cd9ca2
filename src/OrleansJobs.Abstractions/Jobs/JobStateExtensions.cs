namespace OrleansJobs;

/// <summary>What a <see cref="JobState"/> means.</summary>
public static class JobStateExtensions
{
    /// <summary>Whether the job has ended.</summary>
    public static bool IsTerminal(this JobState state) => state >= JobState.Succeeded;

    /// <summary>Whether the job waits for a slot or for a time.</summary>
    public static bool IsWaiting(this JobState state) =>
        state is JobState.Scheduled or JobState.Queued or JobState.Retrying;
}
