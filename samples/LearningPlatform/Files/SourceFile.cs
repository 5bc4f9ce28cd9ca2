namespace LearningPlatform.Files;

/// <summary>The file that a job is about. A file that cannot be had will not come by trying again, unlike a disk that fails.</summary>
internal static class SourceFile
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Why the path cannot be a source, or null.</summary>
    private static string? FaultOf(string? path, IReadOnlyList<string> directories)
    {
        if (string.IsNullOrEmpty(path))
            return "The job names no file.";
        if (path.Contains('\0') || !Path.IsPathFullyQualified(path))
            return $"'{path.Replace("\0", "\\0")}' is not an absolute path.";

        // Before anything is said of the file: whether it is there is not for everybody either.
        if (!directories.Any(directory => IsBelow(RealPath.Of(path), RealPath.Of(directory))))
            return $"'{path}' is not below the directories that sources are read from (LearningPlatform:SourceDirectories).";

        return FileKinds.Of(path) switch
        {
            FileKind.Missing => $"There is no file '{path}'.",
            FileKind.Directory => $"'{path}' is a directory.",
            FileKind.Special => $"'{path}' is a device, pipe or socket, not a file.",
            _ => null,
        };
    }

    /// <summary>Opens a source for one read from its beginning; null, with the reason, if it is gone or may not be read.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="directories">Below which it has to be.</param>
    /// <param name="fault">The reason.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public static FileStream? TryOpen(string path, IReadOnlyList<string> directories, out string fault)
    {
        try
        {
            fault = FaultOf(path, directories) ?? "";
            return fault.Length > 0
                ? null
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            fault = $"There is no file '{path}'.";
        }
        catch (UnauthorizedAccessException)
        {
            fault = $"The file '{path}' may not be read.";
        }

        return null;
    }

    private static bool IsBelow(string path, string directory) =>
        path == directory
        || path.StartsWith(Path.TrimEndingDirectorySeparator(directory) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        || (Path.GetPathRoot(directory) == directory && path.StartsWith(directory, StringComparison.Ordinal));
}
