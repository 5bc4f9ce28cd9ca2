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

    /// <summary>Takes out the words of a column, whatever another program has put there.</summary>
    public static void Remove(SqliteConnection connection, JobId id, string? tags)
    {
        if (tags is not null)
        {
            connection.Prepare("DELETE FROM job_tags WHERE (tag, id) IN (SELECT value, ?2 FROM json_each(CASE WHEN json_valid(?1) THEN ?1 ELSE '[]' END))")
                .Bind(tags).Bind(id).Run();
        }
    }
}
