using Npgsql;

namespace OrleansJobs.Postgres;

/// <summary>
/// Makes connections. A session is a connection of whose server process nobody else makes use; it keeps locks, settings, prepared
/// statements and what it listens to. A connection for reading may be a pooler's, which gives it another server process for each transaction.
/// </summary>
internal static class PostgresSource
{
    /// <summary>Sessions with the settings that the store counts on, in a pool or each by itself.</summary>
    public static NpgsqlDataSource Sessions(PostgresStoreOptions options, bool pooled)
    {
        var settings = SessionSettings(options);
        settings.MaxAutoPrepare = 50;
        settings.AutoPrepareMinUsages = 2;
        settings.Pooling = pooled && settings.Pooling;
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        var sql = PostgresSettings.OfSession(options);
        builder.UsePhysicalConnectionInitializer(
            connection => PostgresSettings.Apply(connection, sql), connection => PostgresSettings.ApplyAsync(connection, sql));
        return builder.Build();
    }

    /// <summary>
    /// Connections through a pooler. What is set or prepared there is not found again, so nothing is: each read brings its settings along.
    /// </summary>
    public static NpgsqlDataSource ThroughPooler(PostgresStoreOptions options)
    {
        var settings = Settings(options.ConnectionString, options);

        // A pooler refuses what it does not know, or drops it.
        settings.Options = null;
        settings.SearchPath = null;
        return NpgsqlDataSource.Create(settings);
    }

    /// <summary>How sessions are reached.</summary>
    public static NpgsqlConnectionStringBuilder SessionSettings(PostgresStoreOptions options) =>
        Settings(options.SessionConnectionString, options);

    /// <summary>
    /// How other libraries reach the tables: by sessions whose first schema is the grid's, each opened when it is needed. They need few, and try
    /// nothing again; one of a pool may have been ended while it was idle, by the server, a pooler or a firewall.
    /// </summary>
    public static string ForOthers(PostgresStoreOptions options)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(options.SessionConnectionString) { Pooling = false };
            settings.SearchPath = options.Schema ?? settings.SearchPath;
            return settings.ConnectionString;
        }
        catch (ArgumentException)
        {
            // The store says at start what is wrong with the string.
            return options.SessionConnectionString;
        }
    }

    /// <summary>Host, port and database, for errors and logs.</summary>
    public static string NameOf(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return $"{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}";
    }

    /// <summary>The database as the subject of an error's sentence.</summary>
    public static string Describe(PostgresStoreOptions options)
    {
        try
        {
            var target = new NpgsqlConnectionStringBuilder(options.SessionConnectionString);
            return $"The PostgreSQL database '{target.Database ?? target.Username}' at {target.Host}:{target.Port}";
        }
        catch (ArgumentException)
        {
            return "The PostgreSQL database";
        }
    }

    // Npgsql would forget all settings whenever a connection goes back to its pool; each connection of the store has the same ones.
    private static NpgsqlConnectionStringBuilder Settings(string connectionString, PostgresStoreOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            CommandTimeout = (int)options.CommandTimeout.TotalSeconds,
            NoResetOnClose = true,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 30,
            TcpKeepAliveInterval = 10,
        };
        settings.ApplicationName ??= "orleansjobs";
        return settings;
    }
}
