using Npgsql;

namespace OrleansJobs.Postgres;

/// <summary>Makes the pool of connections, with the session settings that the store counts on.</summary>
internal static class PostgresSource
{
    public static NpgsqlDataSource Create(PostgresStoreOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            CommandTimeout = (int)options.CommandTimeout.TotalSeconds,
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 30,
            TcpKeepAliveInterval = 10,
        };
        settings.ApplicationName ??= "orleansjobs";
        settings.Options = $"{settings.Options} {SessionSettings(options)}".Trim();
        return NpgsqlDataSource.Create(settings);
    }

    /// <summary>Host, port and database, for errors and logs.</summary>
    public static string NameOf(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return $"{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}";
    }

    /// <summary>The database as the subject of an error's sentence.</summary>
    public static string Describe(string connectionString)
    {
        try
        {
            var target = new NpgsqlConnectionStringBuilder(connectionString);
            return $"The PostgreSQL database '{target.Database ?? target.Username}' at {target.Host}:{target.Port}";
        }
        catch (ArgumentException)
        {
            // The store says at start what is wrong with the string.
            return "The PostgreSQL database";
        }
    }

    // The store's statements go by index always; a plan made while a table was small must not read all of it when it is large. Each
    // statement has to see what was committed before it, so the isolation must not be stricter.
    private static string SessionSettings(PostgresStoreOptions options) =>
        $"-c {PostgresSchema.WriterSetting}=on -c lock_timeout={(int)options.LockTimeout.TotalMilliseconds} " +
        "-c default_transaction_isolation=read\\ committed " +
        "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off";
}
