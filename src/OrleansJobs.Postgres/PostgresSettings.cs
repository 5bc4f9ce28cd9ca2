using System.Globalization;
using Npgsql;

namespace OrleansJobs.Postgres;

/// <summary>
/// The settings of the server that the store counts on, as statements: what is asked for when a connection is opened does not come through
/// every pooler.
/// </summary>
internal static class PostgresSettings
{
    /// <summary>
    /// Has every name mean a table of the grid's schema. If none is named, that is the schema of the search path that has the grid's tables,
    /// or else the one in which tables are made.
    /// </summary>
    public static string SearchPath(PostgresStoreOptions options) => $"set_config('search_path', {SchemaOf(options)}, false)";

    /// <summary>The settings of a session.</summary>
    public static string OfSession(PostgresStoreOptions options) =>
        $"SELECT {SearchPath(options)}, set_config('{PostgresSchema.WriterSetting}', 'on', false), "
        + $"set_config('default_transaction_isolation', 'read committed', false), {Common(options, isLocal: false)}";

    /// <summary>
    /// The settings of one transaction, of which this is the first statement. Its isolation is the server's own, which is right for a read
    /// that is one statement.
    /// </summary>
    /// <param name="options">The store's options.</param>
    /// <param name="schema">The grid's schema.</param>
    public static string OfTransaction(PostgresStoreOptions options, string schema) =>
        $"SELECT set_config('search_path', quote_ident('{schema.Replace("'", "''", StringComparison.Ordinal)}'), true), {Common(options, isLocal: true)}";

    /// <summary>A period as the server's settings have it.</summary>
    public static string Milliseconds(TimeSpan period) => ((long)period.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    public static void Apply(NpgsqlConnection connection, string sql)
    {
        using var command = Command(connection, sql);
        command.ExecuteNonQuery();
    }

    public static async Task ApplyAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken = default)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // The store's statements go by index always; a plan made while a table was small must not read all of it when it is large. Each
    // statement has to see what was committed before it, so the isolation must not be stricter. A database or a role may be set to answer
    // commits before they are on disk; every stricter setting is left as it is.
    // No statement goes on for longer, also when nobody waits for it any more.
    private static string Common(PostgresStoreOptions options, bool isLocal)
    {
        var local = isLocal ? "true" : "false";
        return $"set_config('lock_timeout', '{Milliseconds(options.LockTimeout)}', {local}), "
            + $"set_config('statement_timeout', '{Milliseconds(options.CommandTimeout)}', {local}), "
            + $"set_config('enable_seqscan', 'off', {local}), set_config('enable_hashjoin', 'off', {local}), "
            + $"set_config('enable_mergejoin', 'off', {local}), set_config('jit', 'off', {local}), "
            + $"CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', {local}) END";
    }

    private static string SchemaOf(PostgresStoreOptions options) => options.Schema is { } schema
        ? $"'\"{schema}\"'"
        : """
          quote_ident(coalesce(
              (SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass('orleansjobs_schema')),
              current_schema()))
          """;

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // The text is this class's own; the schema's name is checked.
        return new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
    }
}
