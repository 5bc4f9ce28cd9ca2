using Npgsql;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.GroupCommit;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Postgres;

/// <summary>
/// Finds out why rows were not written. After a try whose end is unclear, a row that is there may be the group's own: an insert counts as
/// done if the stored job is the same submission, an update if the stored job is as the update left it. Where the stored job has moved
/// on since, nobody can tell, and the caller has to read again.
/// </summary>
internal static class PostgresMisses
{
    /// <summary>Stages the answers of refused inserts; returns those whose rival is gone.</summary>
    public static async Task<IReadOnlyList<StoreWrite.Insert>> StageInsertsAsync(
        NpgsqlConnection connection, IReadOnlyList<StoreWrite.Insert> refused, bool isUnclear)
    {
        var stored = await FindAsync(connection, refused.Select(insert => insert.Record.Id));
        var holders = await FindKeyHoldersAsync(connection, refused);
        var unexplained = new List<StoreWrite.Insert>();
        foreach (var insert in refused)
        {
            var job = insert.Record;
            if (stored.TryGetValue(job.Id, out var there))
            {
                var isOwn = isUnclear && IsSameSubmission(there, job);
                insert.Stage(new InsertOutcome(isOwn ? InsertStatus.Inserted : InsertStatus.IdTaken, job.Id));
            }
            else if (job.UniqueKey is { } key && holders.TryGetValue((job.JobClass, key), out var holder))
            {
                insert.Stage(new InsertOutcome(InsertStatus.UniqueKeyTaken, holder));
            }
            else
            {
                unexplained.Add(insert);
            }
        }

        return unexplained;
    }

    /// <summary>Stages the answers of updates that found another version.</summary>
    public static async Task StageUpdatesAsync(NpgsqlConnection connection, IReadOnlyList<StoreWrite.Update> missed, bool isUnclear)
    {
        var stored = isUnclear ? await FindAsync(connection, missed.Select(update => update.Next.Id)) : [];
        foreach (var update in missed)
        {
            if (!stored.TryGetValue(update.Next.Id, out var there) || there.Version < update.Next.Version)
            {
                update.Stage(false);
            }
            else if (there.Version == update.Next.Version)
            {
                update.Stage(IsSameChange(there, update.Next));
            }
            else
            {
                update.StageFailure(new GridUnavailableException(
                    $"The connection was lost while job {update.Next.Id} was written, and the job has changed since. Read it again."));
            }
        }
    }

    internal static bool IsSameSubmission(JobRecord stored, JobRecord job) =>
        stored.JobClass == job.JobClass
        && stored.Tenant == job.Tenant
        && stored.UniqueKey == job.UniqueKey
        && stored.SubmittedAt == Micros.Cut(job.SubmittedAt)
        && stored.Payload.Span.SequenceEqual(job.Payload.Span);

    internal static bool IsSameChange(JobRecord stored, JobRecord next) =>
        stored.State == next.State
        && stored.LeaseToken == next.LeaseToken
        && stored.Attempt == next.Attempt
        && stored.Silo == next.Silo
        && stored.WaitedFor == next.WaitedFor
        && stored.SiloLosses == next.SiloLosses
        && stored.CancelRequested == next.CancelRequested
        && stored.DueAt == Micros.Cut(next.DueAt)
        && Micros.Of(stored.StartedAt) == Micros.Of(next.StartedAt)
        && Micros.Of(stored.FinishedAt) == Micros.Of(next.FinishedAt)
        && RowJson.Progress(stored.Progress) == RowJson.Progress(next.Progress)
        && RowJson.Error(stored.LastError) == RowJson.Error(next.LastError);

    private static async Task<Dictionary<JobId, JobRecord>> FindAsync(NpgsqlConnection connection, IEnumerable<JobId> ids)
    {
        await using var command = new NpgsqlCommand($"SELECT {PostgresRows.AllColumns} FROM jobs WHERE id = ANY($1)", connection);
        command.Parameters.Add(PostgresReader.Value(ids.Select(id => id.Value).ToArray()));
        await using var reader = await command.ExecuteReaderAsync();
        var found = new Dictionary<JobId, JobRecord>();
        while (await reader.ReadAsync())
        {
            var job = PostgresRows.ReadWhole(reader);
            found.Add(job.Id, job);
        }

        return found;
    }

    private static async Task<Dictionary<(string JobClass, string Key), JobId>> FindKeyHoldersAsync(
        NpgsqlConnection connection, IReadOnlyList<StoreWrite.Insert> refused)
    {
        var keyed = refused.Where(insert => insert.Record.UniqueKey is not null).Select(insert => insert.Record).ToList();
        await using var command = new NpgsqlCommand(
            "SELECT DISTINCT j.class, j.unique_key, j.id FROM unnest($1, $2) AS k (class, unique_key) " +
            "JOIN jobs j ON j.unique_key = k.unique_key AND j.class = k.class",
            connection);
        command.Parameters.Add(PostgresReader.Value(keyed.Select(job => job.JobClass).ToArray()));
        command.Parameters.Add(PostgresReader.Value(keyed.Select(job => job.UniqueKey!).ToArray()));
        await using var reader = await command.ExecuteReaderAsync();
        var holders = new Dictionary<(string, string), JobId>();
        while (await reader.ReadAsync())
        {
            holders.Add((reader.GetString(0), reader.GetString(1)), new JobId(reader.GetGuid(2)));
        }

        return holders;
    }
}
