using System.Xml.Linq;

namespace OrleansJobs.Packages.Tests.Kit;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The names of the packages: a library each, and the tool.</summary>
    public static IReadOnlyList<string> Packages { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).OfType<string>(),
        "OrleansJobs.Cli",
    ];

    /// <summary>The version of a package of others, as the repository pins it.</summary>
    public static string CentralVersion(string package)
    {
        var properties = XDocument.Load(Path.Combine(Root, "Directory.Build.props")).Descendants("PropertyGroup").Elements();
        var version = XDocument.Load(Path.Combine(Root, "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Single(entry => entry.Attribute("Include")!.Value == package)
            .Attribute("Version")!.Value;
        return properties.Aggregate(version, (text, property) => text.Replace($"$({property.Name.LocalName})", property.Value, StringComparison.Ordinal));
    }

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
