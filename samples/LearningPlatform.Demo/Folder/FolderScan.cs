using System.IO.Enumeration;
using LearningPlatform.Files;

namespace LearningPlatform.Demo.Folder;

/// <summary>Goes through the regular files below a folder, one at a time. Links are not followed.</summary>
internal sealed class FolderScan(string folder, string? leftOut, DateTimeOffset startedAt)
{
    /// <summary>Entries that are no regular files, or cannot be opened by their names.</summary>
    public int Skipped { get; private set; }

    /// <summary>
    /// The files. Those written since the start are not among them: they may be what the jobs make, and going after those would not end.
    /// </summary>
    public IEnumerable<DemoFile> Files()
    {
        foreach (var file in Entries())
        {
            if (FileKinds.Of(file.Path) != FileKind.Regular)
                Skipped++;
            else if (file.ModifiedAt <= startedAt)
                yield return file;
        }
    }

    private FileSystemEnumerable<DemoFile> Entries() => new(
        folder,
        (ref entry) => new DemoFile(entry.ToFullPath(), entry.Length, entry.LastWriteTimeUtc),
        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true })
    {
        ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
        ShouldRecursePredicate = (ref entry) => entry.ToFullPath() != leftOut,
    };
}
