using Npgsql;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.GroupCommit;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Postgres;

/// <summary>
/// The call that a group is written with. It takes all rows as arrays, brings the counts along for exactly those that it wrote, and commits by
/// itself: the server takes no lock before it has the whole group, and keeps none for a client that went silent.
/// </summary>
internal static class PostgresStatements
{
    private const int InsertColumns = 30;
    private const int UpdateColumns = 20;

    private static readonly string WriteSql =
        $"CALL orleansjobs_write({string.Join(", ", Enumerable.Range(1, 1 + InsertColumns + UpdateColumns).Select(place => $"${place}"))}, NULL, NULL)";

    /// <param name="connection">The writer's connection.</param>
    /// <param name="inserts">New jobs, in an order that all writers keep.</param>
    /// <param name="updates">Changes of jobs, likewise.</param>
    /// <param name="lockWait">How long to wait for each lock of another session.</param>
    public static NpgsqlCommand Write(
        NpgsqlConnection connection, IReadOnlyList<StoreWrite.Insert> inserts, IReadOnlyList<StoreWrite.Update> updates, TimeSpan lockWait)
    {
#pragma warning disable CA2100 // The text is this class's own.
        var command = new NpgsqlCommand(WriteSql, connection);
#pragma warning restore CA2100
        command.Parameters.Add(PostgresReader.Value(PostgresSettings.Milliseconds(lockWait)));
        Add(command.Parameters, inserts);
        Add(command.Parameters, updates);
        return command;
    }

    private static void Add(NpgsqlParameterCollection parameters, IReadOnlyList<StoreWrite.Insert> inserts) =>
        new RowArrays<JobRecord>(parameters, inserts.Select(insert => insert.Record).ToArray())
            .Ids(job => job.Id).Texts(job => job.JobClass).Texts(job => job.Tenant).Shorts(job => job.Priority).Ints(job => job.Cost)
            .Texts(job => job.UniqueKey).Texts(job => RowJson.Tags(job.Tags)).Texts(job => job.ContentType)
            .Texts(job => job.TraceParent).Times(job => job.SubmittedAt).Ints(job => job.MaxAttempts)
            .Longs(job => Micros.Of(job.Timeout)).Longs(job => job.Version).Shorts(job => (int)job.State).Times(job => job.DueAt)
            .Ints(job => job.Attempt).Longs(job => job.LeaseToken).Texts(job => job.Silo).Ints(job => job.SiloLosses)
            .Flags(job => job.CancelRequested).Times(job => job.StartedAt).Times(job => job.FinishedAt)
            .Longs(job => Micros.Of(job.LastBackoff)).Texts(job => RowJson.Progress(job.Progress))
            .Texts(job => RowJson.Error(job.LastError)).Texts(job => RowJson.Attempts(job.Attempts)).Bytes(job => job.Payload)
            .Bytes(job => job.Checkpoint).Bytes(job => job.Result).Shorts(job => (int)job.WaitedFor);

    private static void Add(NpgsqlParameterCollection parameters, IReadOnlyList<StoreWrite.Update> updates) =>
        new RowArrays<StoreWrite.Update>(parameters, updates)
            .Ids(update => update.Next.Id).Texts(update => update.Next.JobClass).Shorts(update => (int)update.Before)
            .Longs(update => update.Next.Version).Shorts(update => (int)update.Next.State).Times(update => update.Next.DueAt)
            .Ints(update => update.Next.Attempt).Longs(update => update.Next.LeaseToken).Texts(update => update.Next.Silo)
            .Ints(update => update.Next.SiloLosses).Flags(update => update.Next.CancelRequested)
            .Times(update => update.Next.StartedAt).Times(update => update.Next.FinishedAt)
            .Longs(update => Micros.Of(update.Next.LastBackoff)).Texts(update => RowJson.Progress(update.Next.Progress))
            .Texts(update => RowJson.Error(update.Next.LastError)).Texts(update => RowJson.Attempts(update.Next.Attempts))
            .Bytes(update => update.Next.Checkpoint).Bytes(update => update.Next.Result).Shorts(update => (int)update.Next.WaitedFor);
}
