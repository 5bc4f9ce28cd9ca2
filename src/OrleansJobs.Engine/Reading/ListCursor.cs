using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Engine.Reading;

/// <summary>Where a listing goes on: the place of the last job that was looked at.</summary>
internal static class ListCursor
{
    /// <exception cref="InvalidRequestException">The cursor is none.</exception>
    public static async Task<ListPosition?> ParseAsync(string? cursor, IJobStore store)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return null;
        }

        if (ListPosition.TryParse(cursor, out var position))
        {
            return position;
        }

        // Earlier versions gave the job's id alone.
        if (!JobId.TryParse(cursor, null, out var id))
        {
            throw new InvalidRequestException($"cursor is '{cursor}'; allowed is what an earlier page gave.");
        }

        return await store.FindAsync(id) is { } job
            ? new ListPosition(Micros.Of(job.SubmittedAt), id)
            : throw new InvalidRequestException($"cursor is '{cursor}', which is of an earlier version, and its job is gone; begin again without one.");
    }
}
