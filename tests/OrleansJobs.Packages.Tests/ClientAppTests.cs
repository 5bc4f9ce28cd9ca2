using OrleansJobs.Packages.Tests.Kit;
using OrleansJobs.TestKit;

namespace OrleansJobs.Packages.Tests;

/// <summary>The applications of docs/client.md: a silo on PostgreSQL, and a client of it in a process of its own.</summary>
[Collection(PackagesCollection.Name)]
[Trait("Category", "Slow")]
public sealed class ClientAppTests(PackageFeed feed)
{
    [SkippableFact]
    public async Task ClientOfThePage_HasItsJobRunByTheSilo()
    {
        Skip.If(PostgresServer.WhyUnavailable is not null, PostgresServer.WhyUnavailable);
        await using var postgres = await PostgresServer.StartAsync(durable: false);
        var database = ("ConnectionStrings__Jobs", await postgres.CreateDatabaseAsync());
        var (grid, shop) = (await feed.AppAsync("Grid"), await feed.AppAsync("Shop"));

        using var silo = WebApp.StartSilo(grid, database);
        await silo.AnswersAsync();
        using var client = WebApp.Start(shop, database);

        Assert.EndsWith("Succeeded", await client.PostAsync("/orders/ada@example.org"));
    }

    [Fact]
    public async Task PostgresApplications_GetNoOtherDriver()
    {
        var installed = await (await feed.AppAsync("Grid")).DotnetAsync("list", "package", "--include-transitive");

        Assert.Contains("Npgsql", installed);
        Assert.DoesNotContain("Sqlite", installed, StringComparison.OrdinalIgnoreCase);
    }
}
