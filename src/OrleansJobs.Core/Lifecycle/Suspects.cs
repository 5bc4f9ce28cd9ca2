namespace OrleansJobs.Core.Lifecycle;

/// <summary>
/// Finds the job that ends silos. Whatever ran on a lost silo is a suspect; only a loss while the job ran alone convicts. Once a job is
/// convicted, the silos that it ended count against nobody else.
/// </summary>
public static class Suspects
{
    /// <summary>Losses of the job that no other job explains.</summary>
    public static int LossesOf(JobRecord record, Func<string, bool>? isExplained)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.SiloLosses == 0 || isExplained is null
            ? record.SiloLosses
            : record.SiloLosses - LostSilos(record).Count(isExplained);
    }

    /// <summary>How far the job is suspected.</summary>
    public static Suspicion Of(JobRecord record, Func<string, bool>? isExplained) => LossesOf(record, isExplained) switch
    {
        >= JobLimits.AloneSiloLosses => Suspicion.Strong,
        >= JobLimits.SuspectSiloLosses => Suspicion.Some,
        _ => Suspicion.None,
    };

    /// <summary>The silos that were lost under the job and count, as far as it remembers them.</summary>
    public static IEnumerable<string> LostSilos(JobRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Lost(record).Select(attempt => attempt.Silo);
    }

    /// <summary>
    /// How long the job has to be watched: twice as long as it ever ran before its silo was lost, since then it did what it does. From
    /// <see cref="JobLimits.MinIsolation"/> to <see cref="JobLimits.MaxIsolation"/>.
    /// </summary>
    public static TimeSpan IsolationOf(JobRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var longest = Lost(record).Select(attempt => attempt.EndedAt - attempt.StartedAt).DefaultIfEmpty().Max();
        return longest >= JobLimits.MaxIsolation / 2 ? JobLimits.MaxIsolation
            : longest <= JobLimits.MinIsolation / 2 ? JobLimits.MinIsolation
            : longest * 2;
    }

    /// <summary>
    /// What is left of the count when the handler of the running attempt has ended by itself: a suspect that was watched and did no harm is one
    /// step less suspected.
    /// </summary>
    public static int LossesAfterAnEnd(JobRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.WaitedFor is WaitReason.Alone or WaitReason.Suspected
            ? Math.Max(0, Math.Min(record.SiloLosses, JobLimits.AloneSiloLosses) - 1)
            : record.SiloLosses;
    }

    /// <summary>Whether the job has been found to end silos.</summary>
    public static bool IsConvicted(JobRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record is { State: JobState.DeadLettered, LastError.Type: JobError.EndsItsSilo };
    }

    /// <summary>Why a job that waits has to wait, in a sentence; null if it is not suspected.</summary>
    public static JobWait? Explain(int siloLosses, DateTimeOffset? until) => siloLosses switch
    {
        >= JobLimits.AloneSiloLosses =>
            new JobWait(WaitReason.Alone, $"The job waits to run alone, because its silo was lost {siloLosses} times while it ran.", until),
        >= JobLimits.SuspectSiloLosses => new JobWait(
            WaitReason.Suspected,
            $"The job waits for one of the {JobLimits.MaxSuspects} places that a silo has for such jobs, because its silo was lost {siloLosses} times while it ran.",
            until),
        _ => null,
    };

    private static IEnumerable<JobAttempt> Lost(JobRecord record) =>
        record.Attempts.Where(attempt => attempt.Outcome == AttemptOutcome.Lost).TakeLast(record.SiloLosses);
}
