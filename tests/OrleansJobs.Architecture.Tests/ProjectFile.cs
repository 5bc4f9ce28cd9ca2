using System.Xml.Linq;

namespace OrleansJobs.Architecture.Tests;

/// <summary>A project and what it refers to.</summary>
/// <param name="Path">Relative to the repository's root, with forward slashes.</param>
/// <param name="Projects">Names of the projects that it refers to.</param>
/// <param name="Packages">Names of the packages that it refers to.</param>
internal sealed record ProjectFile(string Path, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public static ProjectFile Parse(string path, string xml)
    {
        var document = XDocument.Parse(xml);
        return new ProjectFile(
            path,
            [.. Includes(document, "ProjectReference").Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))],
            [.. Includes(document, "PackageReference")]);
    }

    private static IEnumerable<string> Includes(XDocument document, string element) =>
        document.Descendants(element).Select(reference => reference.Attribute("Include")?.Value).OfType<string>();
}
