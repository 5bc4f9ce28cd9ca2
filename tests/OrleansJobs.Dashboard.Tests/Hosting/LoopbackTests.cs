using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace OrleansJobs.Dashboard.Tests.Hosting;

public sealed class LoopbackTests
{
    private static readonly string[] Key =
        ["--JobGrid:Access:Keys:ci:Hash", new string('a', 64), "--JobGrid:Access:Keys:ci:Role", "viewer"];

    [Fact]
    public void Url_WhenNothingIsSaid_IsLoopback() => Assert.Equal("http://127.0.0.1:5080", UrlsOf([]));

    [Theory]
    [InlineData("--urls", "http://127.0.0.1:81;http://localhost:82")]
    [InlineData("--http_ports", "8080")]
    [InlineData("--Kestrel:Endpoints:Web:Url", "http://*:83")]
    public void Url_WhenTheApplicationHasItsOwn_IsLeftAlone(string setting, string value) =>
        Assert.Equal(setting == "--urls" ? value : null, UrlsOf([setting, value, .. Key]));

    [Fact]
    public void Url_ThatTheApplicationHasInItsCode_IsLeftAlone()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:81");

        builder.UseLoopbackUnlessConfigured();

        Assert.Equal("http://127.0.0.1:81", builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey));
    }

    [Fact]
    public void Url_WhenConfigured_IsThatRatherThanTheApplicationsOwn() =>
        Assert.Equal("http://127.0.0.1:1", UrlsOf(["--JobGrid:Http:Url", "http://127.0.0.1:1", "--urls", "http://127.0.0.1:2"]));

    [Theory]
    [InlineData("--urls", "http://0.0.0.0:80", "'http://0.0.0.0:80'")]
    [InlineData("--http_ports", "8080", "'http://*:8080'")]
    [InlineData("--Kestrel:Endpoints:Web:Url", "http://*:83", "'http://*:83'")]
    public void OwnUrl_OffLoopbackWithoutKeys_IsRefused(string setting, string value, string named)
    {
        var error = Assert.Throws<InvalidOptionsException>(() => UrlsOf([setting, value]));

        Assert.StartsWith($"The application's own address is {named}, which other machines can reach", Assert.Single(error.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Setting_ThatIsNone_IsRefusedByName()
    {
        var error = Assert.Throws<InvalidOptionsException>(() => UrlsOf(["--JobGrid:Http:Uri", "http://127.0.0.1:1"]));

        Assert.Equal("JobGrid:Http:Uri is not a setting; did you mean JobGrid:Http:Url?", Assert.Single(error.Faults));
    }

    [Fact]
    public void Url_WhenConfigured_IsThat() =>
        Assert.Equal("http://*:8080;http://127.0.0.1:1", UrlsOf(["--JobGrid:Http:Url", "http://*:8080; http://127.0.0.1:1", .. Key]));

    [Theory]
    [InlineData("5080")]
    [InlineData("localhost:5080")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://127.0.0.1/path")]
    public void Url_ThatIsNone_IsRefusedByName(string url)
    {
        var error = Assert.Throws<InvalidOptionsException>(() => UrlsOf(["--JobGrid:Http:Url", url]));

        Assert.Contains($"JobGrid:Http:Url is '{url}'", error.Message);
    }

    [Theory]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("https://192.168.1.7:5080")]
    [InlineData("http://grid.example:5080")]
    [InlineData("http://127.0.0.1:5080;http://10.0.0.1:5080")]
    public void Url_OffLoopbackWithoutKeys_IsRefusedAndSaysWhatToDo(string url)
    {
        var error = Assert.Throws<InvalidOptionsException>(() => UrlsOf(["--JobGrid:Http:Url", url]));

        Assert.Contains("which other machines can reach", Assert.Single(error.Faults));
        Assert.Contains("jobs key new", error.Message);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://127.8.9.1:5080")]
    [InlineData("http://localhost:5080")]
    [InlineData("http://[::1]:5080")]
    public void Url_OfLoopbackWithoutKeys_IsTaken(string url) => Assert.Equal(url, UrlsOf(["--JobGrid:Http:Url", url]));

    [Fact]
    public void Url_OffLoopbackWithASchemeOfTheHost_IsTaken()
    {
        var builder = WebApplication.CreateBuilder(["--JobGrid:Http:Url", "http://*:5080"]);

        builder.UseLoopbackUnlessConfigured(access => access.Schemes.Add("Entra"));

        Assert.Equal("http://*:5080", builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey));
    }

    private static string? UrlsOf(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.UseLoopbackUnlessConfigured();
        return builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey);
    }
}
