using System.Globalization;
using Orleans.Storage;
using OrleansJobs.Client.Grains;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage;

namespace OrleansJobs.Grains.Jobs;

/// <summary>
/// The grain storage provider of jobs: rows of the job store, written in groups. The ETag is the record's version with the stored state,
/// which the store needs to keep its counts.
/// </summary>
internal sealed class JobGrainStorage(IJobStore store) : IGrainStorage
{
    /// <summary>The name under which the provider is registered.</summary>
    public const string ProviderName = "orleansjobs";

    /// <summary>The state of a grain without a job: one for all of them, since records do not change.</summary>
    private static readonly JobRecord NoJob = Activator.CreateInstance<JobRecord>();

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var id = grainId.GetGuidKey();
        var record = NewJobHint.Names(id) ? null : await store.FindAsync(new JobId(id)).ConfigureAwait(false);
        Take(grainState, record);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var next = Record(grainState);
        if (grainState.ETag is not { } etag)
        {
            RequireInserted(next, await store.InsertAsync(next).ConfigureAwait(false));
        }
        else if (!Follows(next, etag, out var before) || !await store.UpdateAsync(next, before).ConfigureAwait(false))
        {
            throw new InconsistentStateException($"Job {next.Id} is stored with another version than that of {etag}.", "", etag);
        }

        grainState.ETag = ETagOf(next);
        grainState.RecordExists = true;
    }

    /// <summary>Deletes a job that has ended.</summary>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var etag = grainState.ETag;
        if (etag is null || !await store.DeleteAsync(new JobId(grainId.GetGuidKey()), ParseETag(etag).Version).ConfigureAwait(false))
        {
            throw new InconsistentStateException($"Job {grainId.GetGuidKey()} is stored with another version than that of {etag}, or is open.", "", etag);
        }

        Take(grainState, null);
    }

    private static void RequireInserted(JobRecord next, InsertOutcome outcome)
    {
        switch (outcome.Status)
        {
            case InsertStatus.IdTaken:
                throw new InconsistentStateException($"Job {next.Id} is stored already.");
            case InsertStatus.UniqueKeyTaken:
                throw new UniqueKeyTakenException(outcome.Id);
        }
    }

    private static bool Follows(JobRecord next, string etag, out JobState before)
    {
        (var version, before) = ParseETag(etag);
        return version == next.Version - 1;
    }

    private static void Take<T>(IGrainState<T> grainState, JobRecord? record)
    {
        grainState.RecordExists = record is not null;
        grainState.ETag = record is null ? null : ETagOf(record);
        grainState.State = (T)(object)(record ?? NoJob);
    }

    private static JobRecord Record<T>(IGrainState<T> grainState) => grainState.State as JobRecord
        ?? throw new ArgumentException($"The provider '{ProviderName}' stores jobs only, not {typeof(T).Name}.", nameof(grainState));

    private static string ETagOf(JobRecord record) =>
        string.Create(CultureInfo.InvariantCulture, $"{record.Version}:{(int)record.State}");

    private static (long Version, JobState State) ParseETag(string etag)
    {
        var colon = etag.IndexOf(':', StringComparison.Ordinal);
        return (
            long.Parse(etag.AsSpan(0, colon), CultureInfo.InvariantCulture),
            (JobState)int.Parse(etag.AsSpan(colon + 1), CultureInfo.InvariantCulture));
    }
}
