using System.IO.Compression;
using System.Xml.Linq;

namespace OrleansJobs.Packages.Tests.Kit;

/// <summary>All packages, made anew from the sources, in an empty folder outside the repository where applications can install them.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private static readonly TimeSpan PackTimeout = TimeSpan.FromMinutes(7);
    private readonly Dictionary<string, Task<OutsideApp>> _apps = [];

    /// <summary>The folder that everything is in; it is removed at the end.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("orleansjobs-packages-").FullName;

    /// <summary>Of all packages; no gallery has it.</summary>
    public string Version { get; } = $"0.1.0-test.{Environment.ProcessId}";

    /// <summary>Where the packages are.</summary>
    public string Packages => Path.Combine(Root, "feed");

    /// <summary>For whatever runs <c>dotnet</c>: nothing of the SDK that runs the tests. A server that it starts for itself ends with it.</summary>
    internal static IReadOnlyDictionary<string, string?> DotnetEnvironment { get; } = new Dictionary<string, string?>
    {
        ["NUGET_PACKAGES"] = null,
        ["MSBUILD_EXE_PATH"] = null,
        ["MSBuildSDKsPath"] = null,
        ["MSBuildExtensionsPath"] = null,
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["UseSharedCompilation"] = "true",
        ["RunAnalyzers"] = "false",
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
    };

    /// <summary>The application that the pages tell under this name, made and built once.</summary>
    internal Task<OutsideApp> AppAsync(string name)
    {
        lock (_apps)
        {
            return _apps.TryGetValue(name, out var app) ? app : _apps[name] = OutsideApp.FromPagesAsync(this, name);
        }
    }

    /// <summary>The version of a package that an application installs: of ours the one just made, of another the one that the repository uses.</summary>
    public string VersionOf(string package) => Repository.Packages.Contains(package) ? Version : Repository.CentralVersion(package);

    /// <summary>What a package says of itself; null if it does not.</summary>
    public string? Metadata(string package, string element) =>
        Specification(package).Descendants().FirstOrDefault(found => found.Name.LocalName == element)?.Value;

    /// <summary>The names of the packages that come with a package.</summary>
    public IReadOnlyList<string> Dependencies(string package) =>
        [.. Specification(package).Descendants().Where(found => found.Name.LocalName == "dependency").Select(found => found.Attribute("id")!.Value)];

    /// <summary>The names of the files in a package.</summary>
    public IReadOnlyList<string> Entries(string package, string extension = "nupkg")
    {
        using var archive = ZipFile.OpenRead(File(package, extension));
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    public async Task InitializeAsync()
    {
        var home = new Dictionary<string, string?>(DotnetEnvironment) { ["GRID_HOME"] = Path.Combine(Root, "made") };
        await OutsideProcess.RunAsync(Root, home, PackTimeout, "bash", Path.Combine(Repository.Root, "grid"), "pack", "--version", Version, "--output", Packages);

        // Applications take other packages from where this machine has them already, and ours from the feed alone: no other source has their version.
        await System.IO.File.WriteAllTextAsync(
            Path.Combine(Root, "nuget.config"),
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(Root, "installed")}" /></config>
              <fallbackPackageFolders><add key="machine" value="{MachinePackages()}" /></fallbackPackageFolders>
              <packageSources><add key="feed" value="{Packages}" /></packageSources>
            </configuration>
            """);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Root, recursive: true);
        return Task.CompletedTask;
    }

    private static string MachinePackages()
    {
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Directory.CreateDirectory(folder);
        return folder;
    }

    private XDocument Specification(string package)
    {
        using var archive = ZipFile.OpenRead(File(package, "nupkg"));
        using var text = archive.GetEntry($"{package}.nuspec")!.Open();
        return XDocument.Load(text);
    }

    private string File(string package, string extension) => Path.Combine(Packages, $"{package}.{Version}.{extension}");
}
