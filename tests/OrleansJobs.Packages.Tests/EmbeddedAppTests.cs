using System.Text.RegularExpressions;
using OrleansJobs.Packages.Tests.Kit;

namespace OrleansJobs.Packages.Tests;

/// <summary>The application of docs/embedded.md: a console program with the grid in it, on SQLite.</summary>
[Collection(PackagesCollection.Name)]
[Trait("Category", "Slow")]
public sealed class EmbeddedAppTests(PackageFeed feed)
{
    private static readonly TimeSpan RunTimeout = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task ProgramOfThePage_RunsAJobAndEnds()
    {
        using var program = (await feed.AppAsync("Thumbnails")).Start();

        Assert.Equal(0, await program.WaitForExitAsync(RunTimeout));
        Assert.Contains("64-portrait.png", program.Output);
    }

    [Fact]
    public async Task SqliteApplication_GetsNoOtherDriver()
    {
        var installed = await (await feed.AppAsync("Thumbnails")).DotnetAsync("list", "package", "--include-transitive");

        Assert.Contains("SQLitePCLRaw.core", installed);
        Assert.DoesNotContain("Npgsql", installed);

        // The attributes of the types that travel between silos; not the serializer, which brings a compiler.
        Assert.Equal(
            ["Microsoft.Orleans.Serialization.Abstractions"],
            Regex.Matches(installed, @"Microsoft\.(Orleans|CodeAnalysis)\S*", RegexOptions.ExplicitCapture, RunTimeout).Select(package => package.Value).Distinct());
    }
}
