namespace LearningPlatform.Files;

/// <summary>The one name of a file that may be reached by several.</summary>
internal static class RealPath
{
    /// <summary>Links that may lead to one another; the system refuses circles in the same way.</summary>
    private const int MaxLinks = 40;

    /// <summary>The absolute path without symbolic links, in its directories or at its end; the file itself need not exist.</summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Of(string path)
    {
        var links = 0;
        return Of(Path.GetFullPath(path), ref links);
    }

    private static string Of(string full, ref int links)
    {
        if (Path.GetDirectoryName(full) is not { } directory)
            return full;

        var real = Path.Combine(Of(directory, ref links), Path.GetFileName(full));
        if (new FileInfo(real).LinkTarget is not { } target)
            return real;

        if (++links > MaxLinks)
            throw new IOException($"The links of '{full}' lead in a circle.");
        return Of(Path.GetFullPath(target, Path.GetDirectoryName(real)!), ref links);
    }
}
