using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Engine.Jobs;

namespace OrleansJobs.Grains.Jobs;

/// <summary>
/// Which job grains stay in this silo's memory: those of running jobs, and those of waiting jobs that are about to run, because their start then
/// needs no read. Of the latter only as many as the limits allow; the others leave as soon as their job is stored.
/// </summary>
internal sealed class JobResidency(TimeProvider time)
{
    /// <summary>Job grains of a silo, beyond which none stays while its job waits.</summary>
    public const int MaxResidentJobs = 20_000;

    /// <summary>What the jobs of these grains weigh together, in bytes, beyond which none stays while its job waits.</summary>
    public const long MaxResidentBytes = 64 * 1024 * 1024;

    /// <summary>A job that is due later than this is read again when its time has come.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private int _count;
    private long _bytes;

    private bool IsFull => Volatile.Read(ref _count) > MaxResidentJobs || Interlocked.Read(ref _bytes) > MaxResidentBytes;

    /// <summary>A job grain is in memory; it weighs nothing yet.</summary>
    public void Entered() => Interlocked.Increment(ref _count);

    /// <summary>A job grain leaves.</summary>
    public void Left(long weight)
    {
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -weight);
    }

    /// <summary>Notes what the job weighs now, and says whether its grain is to stay.</summary>
    /// <param name="cell">The job.</param>
    /// <param name="weight">What it weighed when that was noted last, in bytes.</param>
    public bool Keeps(JobCell cell, ref long weight)
    {
        Interlocked.Add(ref _bytes, cell.Weight - weight);
        weight = cell.Weight;
        return cell.Current is { } job && (job.State == JobState.Running || (job.State.IsWaiting() && (cell.IsWatched || StaysWhileItWaits(job))));
    }

    private bool StaysWhileItWaits(JobRecord job) => !IsFull && job.DueAt - time.GetUtcNow() <= LongestWait;
}
