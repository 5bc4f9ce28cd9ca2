namespace OrleansJobs.Architecture.Tests;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] BuildOutput = ["bin", "obj", ".git", "node_modules", "artifacts"];

    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Sources that are shipped or shown: all but the tests and the benchmarks.</summary>
    public static IReadOnlyList<SourceFile> Product { get; } = Sources("src", "silo", "client", "samples");

    public static IReadOnlyList<SourceFile> Tests { get; } = Sources("tests");

    public static IReadOnlyList<SourceFile> Everything { get; } = [.. Product, .. Tests, .. Sources("benchmarks")];

    public static IReadOnlyList<ProjectFile> Projects { get; } =
        [.. Paths("*.csproj", "src", "silo", "client", "samples").Select(path => ProjectFile.Parse(path, File.ReadAllText(Path.Combine(Root, path))))];

    public static IEnumerable<SourceFile> In(this IEnumerable<SourceFile> files, params string[] folders) =>
        files.Where(file => folders.Any(folder => file.Path.StartsWith(folder + "/", StringComparison.Ordinal)));

    private static SourceFile[] Sources(params string[] folders) =>
        [.. Paths("*.cs", folders).Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Root, path))))];

    private static IEnumerable<string> Paths(string pattern, params string[] folders) => folders
        .Select(folder => Path.Combine(Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => BuildOutput.Contains(part)))
        .Order(StringComparer.Ordinal);

    private static string FindRoot(string from)
    {
        var folder = new DirectoryInfo(from);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OrleansJobs.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"There is no OrleansJobs.sln above {from}.");
    }
}
