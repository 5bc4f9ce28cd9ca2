using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage;

namespace OrleansJobs.Grains.Jobs;

/// <summary>
/// Finds out whether the store has a newer record than an activation shows: while the cluster changes, a second activation of the job may have
/// written it. Writes need no such look, the store compares versions.
/// </summary>
internal sealed class NewerRecords(IJobStore store, TimeProvider time)
{
    /// <summary>What an activation shows is compared with the store when it was not for so long.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    /// <summary>A store that does not answer for so long is not waited for: what the activation knows is shown.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    /// <summary>The job as it is stored if that is newer than what is shown, null if it is stored no more, and otherwise what is shown.</summary>
    /// <param name="shown">The record that is shown; null if there is none.</param>
    /// <param name="comparedAt">The timestamp of the last look.</param>
    public ValueTask<JobRecord?> FindAsync(JobRecord? shown, ref long comparedAt)
    {
        if (shown is null || time.GetElapsedTime(comparedAt) < MaxAge)
        {
            return new(shown);
        }

        comparedAt = time.GetTimestamp();
        return new(ReadAsync(shown));
    }

    private async Task<JobRecord?> ReadAsync(JobRecord shown)
    {
        try
        {
            var stored = await store.FindAsync(shown.Id).WaitAsync(MaxWait, time);
            return stored?.Version <= shown.Version ? shown : stored;
        }
        catch (Exception exception) when (exception is TimeoutException or GridUnavailableException)
        {
            return shown;
        }
    }
}
