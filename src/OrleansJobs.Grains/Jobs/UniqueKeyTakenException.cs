using Orleans.Storage;

namespace OrleansJobs.Grains.Jobs;

/// <summary>Another job of the class has the unique key of the job that was to be inserted.</summary>
internal sealed class UniqueKeyTakenException(JobId holder) : InconsistentStateException($"The unique key is held by job {holder}.")
{
    public JobId Holder { get; } = holder;
}
