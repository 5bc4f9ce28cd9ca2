using System.Xml.Linq;

namespace OrleansJobs.Architecture.Tests;

/// <summary>What a reader of a package gallery sees of each package.</summary>
public sealed class PackageTests
{
    private const string Tool = "client/OrleansJobs.Cli.csproj";

    /// <summary>The libraries and the tool. What the tool is made of goes into its package.</summary>
    private static readonly IReadOnlyList<string> Packages =
        [.. Repository.Projects.Select(project => project.Path).Where(path => path.StartsWith("src/", StringComparison.Ordinal) || path == Tool)];

    [Fact]
    public void Packages_AreFound()
    {
        Assert.Contains("src/OrleansJobs.Abstractions/OrleansJobs.Abstractions.csproj", Packages);
        Assert.Contains(Tool, Packages);
    }

    [Fact]
    public void EachPackage_HasADescriptionOfItsOwn() => Rule.Holds(
    [
        .. Packages.Where(path => Description(path) is not { Length: > 40 }).Select(path => $"{path} has no Description"),
        .. Packages.GroupBy(Description).Where(same => same.Count() > 1).Select(same => $"{string.Join(", ", same)} have the same Description"),
    ]);

    [Fact]
    public void EachPackage_HasAReadmeThatBeginsWithItsName() => Rule.Holds(Packages
        .Where(path => Readme(path).FirstOrDefault() != $"# {Path.GetFileNameWithoutExtension(path)}")
        .Select(path => $"README.md beside {path} is missing, or its first line is not '# {Path.GetFileNameWithoutExtension(path)}'"));

    [Fact]
    public void Nothing_ElseIsPacked() => Rule.Holds(Repository.Projects
        .Where(project => !Packages.Contains(project.Path) && Property(project.Path, "IsPackable") is not null)
        .Select(project => $"{project.Path} sets IsPackable"));

    [Fact]
    public void PublicSurfaces_AreWrittenDown() =>
        Rule.Holds(Missing(Packages.Where(path => path.StartsWith("src/", StringComparison.Ordinal)), "PublicAPI.Shipped.txt", "PublicAPI.Unshipped.txt"));

    [Fact]
    public void Projects_AreLocked() => Rule.Holds(Missing(
        Repository.Projects.Select(project => project.Path).Where(path => Property(path, "RestorePackagesWithLockFile") != "false"), "packages.lock.json"));

    private static IEnumerable<string> Missing(IEnumerable<string> projects, params string[] files) =>
        from project in projects
        from file in files
        where !File.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, file))
        select $"{file} is missing beside {project}";

    private static string? Description(string path) => Property(path, "Description");

    private static string? Property(string path, string name) =>
        XDocument.Load(Path.Combine(Repository.Root, path)).Descendants(name).FirstOrDefault()?.Value;

    private static string[] Readme(string path)
    {
        var file = Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, "README.md");
        return File.Exists(file) ? File.ReadAllLines(file) : [];
    }
}
