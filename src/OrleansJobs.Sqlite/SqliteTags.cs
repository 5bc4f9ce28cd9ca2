namespace OrleansJobs.Sqlite;

/// <summary>Keeps the index of tags for the store's own rows, as the triggers do for those of other programs.</summary>
internal static class SqliteTags
{
    public static void Add(SqliteConnection connection, JobId id, IReadOnlyList<string> tags)
    {
        foreach (var tag in tags)
        {
            connection.Prepare("INSERT INTO job_tags (tag, id) VALUES (?, ?) ON CONFLICT DO NOTHING").Bind(tag).Bind(id).Run();
        }
    }

    public static void Remove(SqliteConnection connection, JobId id, IReadOnlyList<string> tags)
    {
        foreach (var tag in tags)
        {
            connection.Prepare("DELETE FROM job_tags WHERE tag = ? AND id = ?").Bind(tag).Bind(id).Run();
        }
    }
}
