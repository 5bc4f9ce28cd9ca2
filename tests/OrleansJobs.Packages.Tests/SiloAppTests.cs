using OrleansJobs.Packages.Tests.Kit;

namespace OrleansJobs.Packages.Tests;

/// <summary>The application of the README: a silo on SQLite, with the API, the dashboard and, beside it, the command line as a tool.</summary>
[Collection(PackagesCollection.Name)]
[Trait("Category", "Slow")]
public sealed class SiloAppTests(PackageFeed feed)
{
    private static readonly int[] OrleansPorts = [11111, 30000];
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromMinutes(2);

    [SkippableFact]
    public async Task SiloOfTheReadme_RunsAJob()
    {
        using var silo = WebApp.Start(await MailerAsync());

        Assert.EndsWith("Succeeded", await silo.PostAsync("/welcome/ada@example.org"));

        await silo.StopAsync();
    }

    [SkippableFact]
    public async Task Tool_IsInstalledAndReachesTheSilo()
    {
        using var silo = WebApp.Start(await MailerAsync());
        await silo.PostAsync("/welcome/grace@example.org");
        await RunAsync("dotnet", "tool", "install", "OrleansJobs.Cli", "--version", feed.Version, "--tool-path", "tools", "--configfile", "nuget.config");

        var jobs = Path.Combine(feed.Root, "tools", "jobs");
        Assert.Contains("email", await RunAsync(jobs, "classes", "--url", silo.Url));
        var email = """{"to": "ada@example.org", "subject": "Hello", "body": "…"}""";
        Assert.Contains("Succeeded", await RunAsync(jobs, "submit", "email", email, "--wait", "--url", silo.Url));
    }

    // The program names no ports, so it takes Orleans' own: as it would beside another silo of the developer's.
    private Task<OutsideApp> MailerAsync()
    {
        var taken = Array.Find(OrleansPorts, port => !FreePort.IsFree(port));
        Skip.If(taken != 0, $"Port {taken} is taken: another silo runs on this machine.");
        return feed.AppAsync("Mailer");
    }

    private Task<string> RunAsync(params IReadOnlyList<string> command) =>
        OutsideProcess.RunAsync(feed.Root, PackageFeed.DotnetEnvironment, CommandTimeout, command);
}
