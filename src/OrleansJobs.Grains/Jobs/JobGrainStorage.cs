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

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var id = grainId.GetGuidKey();
        var record = NewJobHint.Names(id) ? null : await store.FindAsync(new JobId(id)).ConfigureAwait(false);
        Take(grainState, record);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var next = Record(grainState);
        if (grainState.ETag is { } etag)
        {
            await UpdateAsync(next, etag).ConfigureAwait(false);
        }
        else
        {
            await InsertAsync(next).ConfigureAwait(false);
        }

        grainState.ETag = ETagOf(next);
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException("Jobs are deleted by retention, never by their grain.");

    private async Task InsertAsync(JobRecord next)
    {
        var outcome = await store.InsertAsync(next).ConfigureAwait(false);
        switch (outcome.Status)
        {
            case InsertStatus.IdTaken:
                throw new InconsistentStateException($"Job {next.Id} is stored already.");
            case InsertStatus.UniqueKeyTaken:
                throw new UniqueKeyTakenException(outcome.Id);
        }
    }

    private async Task UpdateAsync(JobRecord next, string etag)
    {
        var (version, before) = ParseETag(etag);
        if (version != next.Version - 1 || !await store.UpdateAsync(next, before).ConfigureAwait(false))
        {
            throw new InconsistentStateException($"Job {next.Id} is stored with another version than {version}.", "", etag);
        }
    }

    private static void Take<T>(IGrainState<T> grainState, JobRecord? record)
    {
        grainState.RecordExists = record is not null;
        grainState.ETag = record is null ? null : ETagOf(record);
        grainState.State = record is null ? Activator.CreateInstance<T>() : (T)(object)record;
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
