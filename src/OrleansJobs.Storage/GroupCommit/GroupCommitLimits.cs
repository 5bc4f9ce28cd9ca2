namespace OrleansJobs.Storage.GroupCommit;

/// <summary>The bounds of the groups in which writes are committed and single jobs are read.</summary>
public sealed record GroupCommitLimits
{
    /// <summary>Calls that may wait for the next group; further callers wait for room. From 1 to 1,000,000; 16,384 by default.</summary>
    public int QueueCapacity { get; init; } = 16_384;

    /// <summary>Most rows in one group, from 1 to 10,000; 1,000 by default.</summary>
    public int MaxBatchRows { get; init; } = 1_000;

    /// <summary>Most bytes of payloads, results and the like in one group (a single larger row goes alone); 8 MiB by default.</summary>
    public int MaxBatchBytes { get; init; } = 8 * 1024 * 1024;

    internal IEnumerable<string> Faults()
    {
        if (QueueCapacity is < 1 or > 1_000_000)
        {
            yield return $"GroupCommit.QueueCapacity is {QueueCapacity}; it must be from 1 to 1,000,000.";
        }

        if (MaxBatchRows is < 1 or > 10_000)
        {
            yield return $"GroupCommit.MaxBatchRows is {MaxBatchRows}; it must be from 1 to 10,000.";
        }

        if (MaxBatchBytes < 1)
        {
            yield return $"GroupCommit.MaxBatchBytes is {MaxBatchBytes}; it must be at least 1.";
        }
    }
}
