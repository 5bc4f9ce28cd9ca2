using OrleansJobs.Packages.Tests.Kit;

namespace OrleansJobs.Packages.Tests;

/// <summary>The test project of docs/testing.md.</summary>
[Collection(PackagesCollection.Name)]
[Trait("Category", "Slow")]
public sealed class TestingAppTests(PackageFeed feed)
{
    [Fact]
    public async Task TestsOfThePage_Pass()
    {
        var app = await feed.AppAsync("Mailer.Tests");

        Assert.Contains("Failed:     0, Passed:     3", await app.DotnetAsync("test", "--no-build"));
    }
}
