namespace OrleansJobs.Core.Lifecycle;

/// <summary>A line of a job's log, with its job.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Line">The line.</param>
public readonly record struct LoggedLine(JobId JobId, JobLogLine Line)
{
    /// <summary>Sequences that each lease has: more than an attempt may log, with the line that says what is missing.</summary>
    public const int SequencesPerLease = 1_024;

    /// <summary>
    /// The sequence of a line. It follows from the lease alone, so that lines are given their place without asking the store, and one that is
    /// written twice is written once.
    /// </summary>
    /// <param name="leaseToken">The token of the attempt's lease.</param>
    /// <param name="line">The line's number in the attempt, from 0.</param>
    public static long SequenceOf(long leaseToken, int line) => (leaseToken * SequencesPerLease) + line;

    /// <summary>The lowest sequence that is kept of a job once it has this line.</summary>
    public long KeptFrom => SequenceOf((Line.Sequence / SequencesPerLease) - InsightLimits.MaxLoggedRuns + 1, 0);
}
