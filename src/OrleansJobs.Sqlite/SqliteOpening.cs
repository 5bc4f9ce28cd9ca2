namespace OrleansJobs.Sqlite;

/// <summary>Opens the file for its writer, with everything checked that can be wrong with it.</summary>
internal static class SqliteOpening
{
    /// <exception cref="StoreSetupException">The file cannot be used; the text says why.</exception>
    public static SqliteConnection OpenForWriting(SqliteStoreOptions options, DateTimeOffset now)
    {
        RefuseMissingDirectory(options.Path);
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnection.Open(options.Path, readOnly: false, options.BusyTimeout);
            Configure(connection, options);
            SqliteMigrator.Migrate(connection, options.Path, now);
            connection.DisableTriggers();
            return connection;
        }
        catch (SqliteError error)
        {
            connection?.Dispose();
            throw error.ToSetup(options.Path);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    private static void Configure(SqliteConnection connection, SqliteStoreOptions options)
    {
        // FULL makes each commit wait for the disk; NORMAL, the usual companion of WAL, may lose the last ones in a power cut.
        connection.ExecuteScript(
            $"""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = {options.CheckpointPages};
            PRAGMA cache_size = -65536;
            PRAGMA temp_store = MEMORY;
            """);
        if (options.MaxPages is { } pages)
        {
            connection.ExecuteScript($"PRAGMA max_page_count = {pages}");
        }
    }

    private static void RefuseMissingDirectory(string path)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(directory))
        {
            throw new StoreSetupException($"The job store '{path}' cannot be made: there is no directory '{directory}'.");
        }

        if (Directory.Exists(path))
        {
            throw new StoreSetupException($"The job store '{path}' is a directory; it must be a file.");
        }
    }
}
