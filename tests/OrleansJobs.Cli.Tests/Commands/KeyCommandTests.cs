using OrleansJobs.Cli.Tests.Support;
using OrleansJobs.Dashboard.Tests.Support;
using OrleansJobs.Http;

namespace OrleansJobs.Cli.Tests.Commands;

public sealed class KeyCommandTests : CliTest
{
    [Fact]
    public async Task New_PrintsTheKeyAndTheSettingsThatLetItIn()
    {
        var result = (await RunAsync("key", "new", "ci", "--role", "operator")).Exits(0);

        var (key, hash, role) = (result.Lines[0], result.Lines[1], result.Lines[2]);
        Assert.Matches("^ojk_ci_[A-Za-z0-9_-]{43}$", key);
        Assert.Equal($"JobGrid__Access__Keys__ci__Hash={ApiKey.Hash(key)}", hash);
        Assert.Equal("JobGrid__Access__Keys__ci__Role=operator", role);
        Assert.NotEqual(key, (await RunAsync("key", "new", "ci", "--role", "operator")).Lines[0]);
    }

    [Fact]
    public async Task New_AsJson_IsOneDocument()
    {
        var json = (await RunAsync("key", "new", "ci", "--role", "Admin", "--json")).Exits(0).Json;

        Assert.Equal(("ci", "admin", ApiKey.Hash((string)json["key"]!)), ((string)json["name"]!, (string)json["role"]!, (string)json["hash"]!));
    }

    [Fact]
    public async Task New_NeedsNoGrid() => (await RunAsync("key", "new", "ci", "--role", "viewer", "--url", "http://127.0.0.1:1")).Exits(0);

    [Theory]
    [InlineData("'CI' is no name", "key", "new", "CI", "--role", "viewer")]
    [InlineData("'a_b' is no name", "key", "new", "a_b", "--role", "viewer")]
    [InlineData("--role is 'root'; expected viewer, operator or admin", "key", "new", "ci", "--role", "root")]
    [InlineData("--role is '3'", "key", "new", "ci", "--role", "3")]
    [InlineData("--role", "key", "new", "ci")]
    [InlineData("has a character in it that no key has", "classes", "--key", "a\r\nb")]
    public async Task NonsenseIsAUsageError(string expected, params string[] args)
    {
        var result = (await RunAsync(args)).Exits(2);

        Assert.Contains(expected, result.Error);
        Assert.DoesNotContain("ojk_ci", result.Out);
    }

    [Fact]
    public async Task Key_OfTheOptionOrTheVariable_IsShownToTheGrid()
    {
        var key = ApiKey.New("ci");
        await using var host = await ApiHost.StartAsync(settings: new() { ["JobGrid:Access:Keys:ci:Hash"] = ApiKey.Hash(key), ["JobGrid:Access:Keys:ci:Role"] = "viewer" });
        var io = Io() with { Environment = name => name == "ORLEANSJOBS_URL" ? host.Url.ToString() : null };
        var withVariable = io with { Environment = name => name == "ORLEANSJOBS_KEY" ? key : io.Environment(name) };

        Assert.Contains("needs a key", (await RunAsync(io, ["classes"])).Exits(1).Error);
        (await RunAsync(io, ["classes", "--key", key])).Exits(0);
        (await RunAsync(withVariable, ["classes"])).Exits(0);
        Assert.Contains("is viewer; this call needs operator", (await RunAsync(withVariable, ["pause", "email"])).Exits(1).Error);
        Assert.Contains("not one that is let in", (await RunAsync(withVariable, ["classes", "--key", ApiKey.New("ci")])).Exits(1).Error);
    }
}
