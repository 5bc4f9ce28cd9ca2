namespace OrleansJobs.Sqlite;

/// <summary>The one name of a file that may be reached by several.</summary>
internal static class RealPath
{
    /// <summary>The absolute path without symbolic links, in its directories or at its end; the file itself need not exist.</summary>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var directory = Path.GetDirectoryName(full);
        if (directory is null)
        {
            return full;
        }

        var real = Path.Combine(Of(directory), Path.GetFileName(full));
        return Target(real) is { } target ? Of(Path.Combine(Path.GetDirectoryName(real)!, target)) : real;
    }

    // A link's own text may be relative, and lead to another link. The system refuses circles when the file is opened.
    private static string? Target(string path) => new FileInfo(path).LinkTarget;
}
