using Npgsql;
using OrleansJobs.Storage.GroupCommit;
using static OrleansJobs.Postgres.PostgresReader;

namespace OrleansJobs.Postgres;

/// <summary>The settings of job classes that were changed at run time.</summary>
internal static class PostgresClassSettings
{
    private const string WriteSql = "CALL orleansjobs_settings($1, $2, $3, NULL)";

    private const string IsThereSql =
        "SELECT count(*) FROM job_class_settings WHERE class = $1 AND revision = $2 AND document = $3";

    public static async Task<ClassSettingsRow?> ReadAsync(PostgresReader reader, string jobClass) =>
        (await reader.ReadAsync(
            "SELECT revision, document FROM job_class_settings WHERE class = $1",
            row => new ClassSettingsRow(row.GetInt64(0), row.GetString(1)),
            Value(jobClass))).SingleOrDefault();

    /// <param name="connection">The writer's connection.</param>
    /// <param name="write">What to write.</param>
    /// <param name="isUnclear">Whether an earlier try may have been committed: then what is there may be this very write.</param>
    public static async Task<bool> WriteAsync(NpgsqlConnection connection, StoreWrite.Settings write, bool isUnclear)
    {
        await using var command = Command(connection, WriteSql, write);
        if (await command.ExecuteScalarAsync() is true)
        {
            return true;
        }

        await using var look = Command(connection, IsThereSql, write);
        return isUnclear && await look.ExecuteScalarAsync() is > 0L;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, StoreWrite.Settings write)
    {
#pragma warning disable CA2100 // The text is this class's own.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        command.Parameters.AddRange(new[] { Value(write.JobClass), Value(write.Next.Revision), Value(write.Next.Document) });
        return command;
    }
}
