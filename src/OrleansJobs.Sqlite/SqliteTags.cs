using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Sqlite;

/// <summary>Keeps the index of tags for the store's own rows, as the triggers do for those of other programs.</summary>
internal static class SqliteTags
{
    public static void Add(SqliteConnection connection, JobRecord job)
    {
        foreach (var tag in job.Tags)
        {
            connection.Prepare("INSERT INTO job_tags (tag, submitted_at, id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .Bind(tag).Bind(Micros.Of(job.SubmittedAt)).Bind(job.Id).Run();
        }
    }

    /// <summary>Takes out the words of a column, whatever another program has put there.</summary>
    public static void Remove(SqliteConnection connection, JobId id, long submittedAt, string? tags)
    {
        if (tags is not null)
        {
            connection.Prepare(
                    "DELETE FROM job_tags WHERE (tag, submitted_at, id) IN " +
                    "(SELECT value, ?2, ?3 FROM json_each(CASE WHEN json_valid(?1) THEN ?1 ELSE '[]' END))")
                .Bind(tags).Bind(submittedAt).Bind(id).Run();
        }
    }
}
