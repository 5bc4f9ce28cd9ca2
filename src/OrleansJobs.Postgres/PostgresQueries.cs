using NpgsqlTypes;
using Npgsql;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Rows;
using static OrleansJobs.Postgres.PostgresReader;

namespace OrleansJobs.Postgres;

/// <summary>The reads of the store.</summary>
internal static class PostgresQueries
{
    private const string WaitingState = "state < 4 AND state <> 2";

    /// <summary>
    /// Jobs with these ids, each with the bytes of all that were read up to it. The one that brings them to <paramref name="maxBytes"/>
    /// is the last: then there may be more.
    /// </summary>
    public static Task<IReadOnlyList<(JobRecord Job, long Bytes)>> FindManyAsync(PostgresReader reader, Guid[] ids, long maxBytes) =>
        reader.ReadAsync(
            $"""
            SELECT {PostgresRows.AllColumns}, bytes_before + {PostgresRows.Weight} FROM (
                SELECT *, coalesce(sum({PostgresRows.Weight}) OVER ({PostgresRows.RowsBefore}), 0) AS bytes_before
                FROM jobs WHERE id = ANY($1)) AS found
            WHERE bytes_before < $2
            """,
            row => (PostgresRows.ReadWhole(row), row.GetInt64(PostgresRows.AfterAllColumns)),
            Value(ids),
            Value(maxBytes));

    public static async Task<JobRecord?> FindByUniqueKeyAsync(PostgresReader reader, string jobClass, string uniqueKey) =>
        (await reader.ReadAsync(
            $"SELECT {PostgresRows.AllColumns} FROM jobs WHERE unique_key = $1 AND class = $2",
            PostgresRows.ReadWhole,
            Value(uniqueKey),
            Value(jobClass))).SingleOrDefault();

    /// <summary>Hops from tenant to tenant in the index, so that the backlog's length does not matter.</summary>
    public static Task<IReadOnlyList<string>> ReadTenantsAsync(PostgresReader reader, string jobClass, string? after, int limit) =>
        reader.ReadAsync(
            $"""
            WITH RECURSIVE found AS (
                (SELECT tenant FROM jobs WHERE class = $1 AND {WaitingState} AND tenant {(after is null ? ">=" : ">")} $2
                 ORDER BY tenant LIMIT 1)
                UNION ALL
                SELECT (SELECT j.tenant FROM jobs j WHERE j.class = $1 AND {WaitingState} AND j.tenant > f.tenant
                        ORDER BY j.tenant LIMIT 1)
                FROM found f WHERE f.tenant IS NOT NULL
            )
            SELECT tenant FROM found WHERE tenant IS NOT NULL LIMIT $3
            """,
            row => row.GetString(0),
            Value(jobClass),
            Value(after ?? ""),
            Value(limit));

    /// <summary>Reads priority by priority, so that jobs which are not due are not gone through.</summary>
    public static Task<IReadOnlyList<WaitingJob>> ReadWaitingAsync(
        PostgresReader reader, string jobClass, string tenant, WaitingJob? after, DateTimeOffset dueBy, int limit) =>
        reader.ReadAsync(
            $"""
            SELECT w.* FROM generate_series($3::int, {JobLimits.MinPriority}, -1) AS level CROSS JOIN LATERAL (
                SELECT {PostgresRows.WaitingColumns} FROM jobs
                WHERE class = $1 AND tenant = $2 AND priority = level::smallint AND due_at <= $4 AND {WaitingState}
                    AND (due_at, id) > (CASE WHEN level = $3 THEN $5 ELSE '-infinity' END,
                                        CASE WHEN level = $3 THEN $6 ELSE '00000000-0000-0000-0000-000000000000' END)
                ORDER BY due_at, id LIMIT $7) AS w
            ORDER BY w.priority DESC, w.due_at, w.id LIMIT $7
            """,
            PostgresRows.ReadWaiting,
            Value(jobClass),
            Value(tenant),
            Value(after?.Priority ?? JobLimits.MaxPriority),
            Time(dueBy),
            Time(after?.DueAt ?? DateTimeOffset.MinValue),
            Value(after?.Id.Value ?? Guid.Empty),
            Value(limit));

    public static Task<IReadOnlyList<WaitingJob>> ReadDueAsync(
        PostgresReader reader, string jobClass, DateTimeOffset afterDue, JobId? afterId, int limit) =>
        reader.ReadAsync(
            $"SELECT {PostgresRows.WaitingColumns} FROM jobs WHERE class = $1 AND (due_at, id) > ($2, $3) " +
            $"AND (due_at <= $5 OR $2 >= $5) AND {WaitingState} ORDER BY due_at, id LIMIT $4",
            PostgresRows.ReadWaiting,
            Value(jobClass),
            Time(afterDue),
            Value(afterId?.Value ?? Guid.AllBitsSet),
            Value(limit),
            Time(StoredTime.Latest));

    public static Task<IReadOnlyList<JobRecord>> ReadRunningAsync(PostgresReader reader, string jobClass, JobId? after, int limit) =>
        reader.ReadAsync(
            $"SELECT {PostgresRows.Columns} FROM jobs WHERE class = $1 AND id > $2 AND state = 2 ORDER BY id LIMIT $3",
            PostgresRows.ReadLight,
            Value(jobClass),
            Value(after?.Value ?? Guid.Empty),
            Value(limit));

    /// <summary>A time parameter, cut as stored times are.</summary>
    public static NpgsqlParameter Time(DateTimeOffset time) =>
        new NpgsqlParameter<DateTime> { TypedValue = Micros.Cut(time).UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
