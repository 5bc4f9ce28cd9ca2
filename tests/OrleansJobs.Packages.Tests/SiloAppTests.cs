using OrleansJobs.Packages.Tests.Kit;

namespace OrleansJobs.Packages.Tests;

/// <summary>The application of the README: a silo on SQLite, with the API, the dashboard and, beside it, the command line as a tool.</summary>
[Collection(PackagesCollection.Name)]
[Trait("Category", "Slow")]
public sealed class SiloAppTests(PackageFeed feed)
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task SiloOfTheReadme_RunsAJob()
    {
        using var silo = WebApp.StartSilo(await feed.AppAsync("Mailer"));

        Assert.EndsWith("Succeeded", await silo.PostAsync("/welcome/ada@example.org"));

        await silo.StopAsync();
    }

    [Fact]
    public async Task Tool_IsInstalledAndReachesTheSilo()
    {
        using var silo = WebApp.StartSilo(await feed.AppAsync("Mailer"));
        await silo.PostAsync("/welcome/grace@example.org");
        await RunAsync("dotnet", "tool", "install", "OrleansJobs.Cli", "--version", feed.Version, "--tool-path", "tools", "--configfile", "nuget.config");

        var jobs = Path.Combine(feed.Root, "tools", "jobs");
        Assert.Contains("email", await RunAsync(jobs, "classes", "--url", silo.Url));
        var email = """{"to": "ada@example.org", "subject": "Hello", "body": "…"}""";
        Assert.Contains("Succeeded", await RunAsync(jobs, "submit", "email", email, "--wait", "--url", silo.Url));
    }

    private Task<string> RunAsync(params IReadOnlyList<string> command) =>
        OutsideProcess.RunAsync(feed.Root, PackageFeed.DotnetEnvironment, CommandTimeout, command);
}
