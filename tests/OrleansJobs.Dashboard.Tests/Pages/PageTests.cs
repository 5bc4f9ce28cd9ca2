using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Dashboard.Pages;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Pages;

/// <summary>How pages and their files are served.</summary>
public sealed partial class PageTests
{
    [Theory]
    [InlineData("", "/")]
    [InlineData("", "/jobs")]
    [InlineData("", "/jobs/0190a000-0000-7000-8000-000000000001")]
    [InlineData("", "/classes/email")]
    [InlineData("", "/silos/")]
    [InlineData("/tools/grid", "/tools/grid")]
    [InlineData("/tools/grid", "/tools/grid/")]
    [InlineData("/tools/grid", "/tools/grid/classes/email")]
    public async Task Page_KnowsWhereItIs(string prefix, string path)
    {
        await using var host = await StartAsync(prefix);
        var answer = await host.Http.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains($"data-base=\"{prefix}\" data-api=\"{prefix}/api\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
        foreach (Match asset in Assets().Matches(text))
        {
            Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync(asset.Groups["path"].Value)).StatusCode);
        }
    }

    [Fact]
    public async Task Page_LetsNothingInlineAndNothingOfOthersRun()
    {
        await using var host = await StartAsync("");
        var answer = await host.Http.GetAsync("/");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.DoesNotMatch("<script(?![^>]* src=)|<style| style=| on[a-z]+=", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("app.js", "text/javascript")]
    [InlineData("styles/base.css", "text/css")]
    [InlineData("icon.svg", "image/svg+xml")]
    [InlineData("vendor/uplot/LICENSE", "text/plain")]
    public async Task File_IsKeptForGood_UnderItsVersion(string name, string type)
    {
        await using var host = await StartAsync("");
        var answer = await host.Http.GetAsync($"/assets/{PageAssets.All.Value.Version}/{name}");

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var again = new HttpRequestMessage(HttpMethod.Get, answer.RequestMessage!.RequestUri);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await host.Http.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task File_OfAnotherVersion_IsNotKept()
    {
        await using var host = await StartAsync("");
        var answer = await host.Http.GetAsync("/assets/000000000000/app.js");

        Assert.Equal((HttpStatusCode.OK, "no-cache"), (answer.StatusCode, answer.Headers.CacheControl?.ToString()));
    }

    [Theory]
    [InlineData("/assets/x/index.html")]
    [InlineData("/assets/x/../appsettings.json")]
    [InlineData("/assets/x/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/assets/x/..%2f..%2fetc%2fpasswd")]
    [InlineData("/assets/x/")]
    [InlineData("/nothing")]
    public async Task OtherPath_HasNothing(string path)
    {
        await using var host = await StartAsync("");

        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Zipped_IsTheSame()
    {
        await using var host = await StartAsync("");
        var path = $"/assets/{PageAssets.All.Value.Version}/vendor/uplot/uplot.js";
        var plain = await host.Http.GetByteArrayAsync(path);
        using var zipping = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip }) { BaseAddress = host.Http.BaseAddress };
        var zipped = await zipping.GetAsync(path);

        Assert.Equal(plain, await zipped.Content.ReadAsByteArrayAsync());
        Assert.Equal(PageAssets.All.Value.Find("vendor/uplot/uplot.js")!.Bytes, plain);
    }

    [Fact]
    public async Task Pages_WithoutTheApi_SayWhatIsMissing()
    {
        await using var host = await StartAsync("", withApi: false);

        Assert.Equal(HttpStatusCode.InternalServerError, (await host.Http.GetAsync("/")).StatusCode);
    }

    /// <summary>A module that is not there would be a blank page.</summary>
    [Fact]
    public void Imports_LeadToFiles()
    {
        var assets = PageAssets.All.Value;
        foreach (var name in assets.Names.Where(name => name.EndsWith(".js", StringComparison.Ordinal)))
        {
            var text = System.Text.Encoding.UTF8.GetString(assets.Find(name)!.Bytes);
            foreach (Match import in Imports().Matches(text))
            {
                var target = new Uri(new Uri("http://x/" + name), import.Groups["path"].Value).AbsolutePath[1..];
                Assert.True(assets.Find(target) is not null, $"{name} imports {target}, which is not there.");
            }
        }
    }

    [GeneratedRegex("(src|href)=\"(?<path>[^\"]*/assets/[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Assets();

    [GeneratedRegex("^import .*? from '(?<path>[^']+)'", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Imports();

    private static async Task<Site> StartAsync(string prefix, bool withApi = true)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.Services.AddSingleton<IJobClient>(new InMemoryGrid("email"));
        builder.Services.AddOrleansJobsApi();
        var app = builder.Build();
        if (withApi)
        {
            app.MapOrleansJobsApi(prefix + "/api");
        }

        app.MapOrleansJobsDashboard(prefix + "/");
        await app.StartAsync();
        return new Site(app);
    }

    private sealed class Site(WebApplication app) : IAsyncDisposable
    {
        public HttpClient Http { get; } = new() { BaseAddress = new Uri(app.Urls.Single()) };

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            await app.DisposeAsync();
        }
    }
}
