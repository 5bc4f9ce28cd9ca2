namespace OrleansJobs.Sqlite;

/// <summary>Who has the claim on a file, as it stands in a file beside it for others to read.</summary>
/// <param name="Text">The process.</param>
/// <param name="Cluster">The cluster whose silo it is; empty if it is none's.</param>
internal sealed record SqliteHolder(string Text, string Cluster)
{
    private const int MaxTextLength = 200;

    public static SqliteHolder? Read(string real)
    {
        try
        {
            var lines = File.ReadAllText(FileOf(real)).Split('\n', 2);
            return lines[0].Trim() is { Length: > 0 and <= MaxTextLength } text ? new SqliteHolder(text, lines.Length > 1 ? lines[1] : "") : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>By renaming, so that nobody reads half of it.</summary>
    public void Write(string real)
    {
        var draft = $"{FileOf(real)}.{Environment.ProcessId}";
        File.WriteAllText(draft, $"{Text}\n{Cluster}");
        File.Move(draft, FileOf(real), overwrite: true);
    }

    private static string FileOf(string real) => real + "-owner";
}
