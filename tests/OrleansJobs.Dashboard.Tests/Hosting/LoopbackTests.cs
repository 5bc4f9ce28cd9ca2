using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace OrleansJobs.Dashboard.Tests.Hosting;

public sealed class LoopbackTests
{
    [Fact]
    public void Url_WhenNothingIsSaid_IsLoopback() => Assert.Equal("http://127.0.0.1:5080", UrlsOf([]));

    [Fact]
    public void Url_WhenOnlyTheServersOwnSettingIsSaid_IsLoopback() =>
        Assert.Equal("http://127.0.0.1:5080", UrlsOf(["--urls", "http://0.0.0.0:80"]));

    [Fact]
    public void Url_WhenConfigured_IsThat() =>
        Assert.Equal("http://*:8080;http://127.0.0.1:1", UrlsOf(["--JobGrid:Http:Url", "http://*:8080; http://127.0.0.1:1"]));

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

    private static string? UrlsOf(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.UseLoopbackUnlessConfigured();
        return builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey);
    }
}
