using OrleansJobs.Storage.Migrations;

namespace OrleansJobs.Sqlite;

/// <summary>Brings a file to the newest schema and makes sure that it can be written.</summary>
internal static class SqliteMigrator
{
    /// <exception cref="StoreSetupException">The schema is newer than this program.</exception>
    /// <exception cref="SqliteError">The file cannot be written.</exception>
    public static void Migrate(SqliteConnection connection, string path, DateTimeOffset now)
    {
        // The write lock is held from the start, so that of several processes one migrates and the others find it done. The stamp is
        // written every time: it shows right away whether the file can be written.
        connection.InTransaction(() =>
        {
            connection.Execute(SqliteSchema.VersionTable);
            var found = (int)connection.ReadLong("SELECT ifnull(max(version), 0) FROM orleansjobs_schema");
            foreach (var migration in SchemaVersion.Missing($"The job store '{path}'", found, SqliteSchema.Migrations))
            {
                RefuseForeignTable(connection, path, migration);
                connection.ExecuteScript(migration.Sql);
                connection.Prepare("INSERT INTO orleansjobs_schema (version, migrated_at) VALUES (?, ?)")
                    .Bind(migration.Version).Bind(now.ToString("O")).Run();
            }

            connection.Execute("UPDATE orleansjobs_schema SET version = version");
        });
    }

    private static void RefuseForeignTable(SqliteConnection connection, string path, Migration migration)
    {
        if (migration.Version == 1 && connection.ReadLong("SELECT count(*) FROM sqlite_schema WHERE name = 'jobs'") > 0)
        {
            throw new StoreSetupException($"The job store '{path}' has a table 'jobs' of another program. Give the jobs a file of their own.");
        }
    }
}
