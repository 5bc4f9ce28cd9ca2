using OrleansJobs.Storage.GroupCommit;

namespace OrleansJobs.Sqlite;

/// <summary>The settings of job classes that were changed at run time.</summary>
internal static class SqliteClassSettings
{
    public static ClassSettingsRow? Read(SqliteConnection connection, string jobClass) =>
        connection.Prepare("SELECT revision, document FROM job_class_settings WHERE class = ?").Bind(jobClass)
            .ReadFirst(row => new ClassSettingsRow(row.Long(0), row.Text(1)!));

    public static bool Write(SqliteConnection connection, StoreWrite.Settings write)
    {
        var (revision, document) = write.Next;
        var statement = revision == 1
            ? connection.Prepare("INSERT INTO job_class_settings (revision, document, class) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
            : connection.Prepare("UPDATE job_class_settings SET revision = ?1, document = ?2 WHERE class = ?3 AND revision = ?1 - 1");
        statement.Bind(revision).Bind(document).Bind(write.JobClass).Run();
        return connection.Changes == 1;
    }
}
