using OrleansJobs.Packages.Tests.Kit;

namespace OrleansJobs.Packages.Tests;

/// <summary>What is in the packages.</summary>
[Collection(PackagesCollection.Name)]
[Trait("Category", "Slow")]
public sealed class PackageTests(PackageFeed feed)
{
    [Fact]
    public void Libraries_AndTheToolArePacked_AndNothingElse() => Assert.Equal(
        Repository.Packages.Select(package => $"{package}.{feed.Version}.nupkg").Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(feed.Packages, "*.nupkg").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void EachPackage_SaysWhatItIs() => Assert.All(Repository.Packages, package =>
    {
        Assert.Equal("MIT", feed.Metadata(package, "license"));
        Assert.Equal("README.md", feed.Metadata(package, "readme"));
        Assert.Contains("background-jobs", feed.Metadata(package, "tags"));
        Assert.True(feed.Metadata(package, "description")?.Length > 40);
        Assert.Contains("README.md", feed.Entries(package));
    });

    [Fact]
    public void EachLibrary_HasSymbolsAndDocumentation() => Assert.All(Repository.Packages.Where(package => package != "OrleansJobs.Cli"), package =>
    {
        Assert.Contains($"lib/net10.0/{package}.xml", feed.Entries(package));
        Assert.Contains($"lib/net10.0/{package}.pdb", feed.Entries(package, "snupkg"));
    });

    [Fact]
    public void NoPackage_AsksForWhatOnlyTheBuildNeeds() => Assert.All(Repository.Packages, package =>
        Assert.DoesNotContain(feed.Dependencies(package), name => name.Contains("Analyzer") || name.StartsWith("Microsoft.SourceLink", StringComparison.Ordinal)));

    [Fact]
    public void Sqlite_NamesItsNativeParts() => Assert.Contains("SQLitePCLRaw.core", feed.Dependencies("OrleansJobs.Sqlite"));
}
