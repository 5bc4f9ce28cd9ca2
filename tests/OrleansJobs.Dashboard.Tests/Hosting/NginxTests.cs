using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Dashboard.Tests.Support;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Tests.Hosting;

/// <summary>The grid behind a real nginx, under a path of it.</summary>
public sealed partial class NginxTests
{
    private const string Prefix = "/ops/jobs";
    private static readonly string Key = ApiKey.New("olga");

    /// <summary>As docs/operations.md has it: the proxy takes the prefix off, and says so.</summary>
    [SkippableFact]
    public Task PrefixThatIsTakenOff_IsSeenByNobody() => TryAsync(
        port => $$"""
            location {{Prefix}}/ {
                proxy_pass http://127.0.0.1:{{port}}/;
                proxy_http_version 1.1;
                proxy_set_header Host $http_host;
                proxy_set_header X-Forwarded-For $remote_addr;
                proxy_set_header X-Forwarded-Proto $scheme;
                proxy_set_header X-Forwarded-Prefix {{Prefix}};
            }
            """,
        new() { ["JobGrid:Http:TrustedProxies"] = "127.0.0.1" },
        _ => { });

    /// <summary>The proxy passes the path on as it is; the application says where it is.</summary>
    [SkippableFact]
    public Task PrefixThatIsKept_IsThePathBase() => TryAsync(
        port => $$"""
            location {{Prefix}}/ {
                proxy_pass http://127.0.0.1:{{port}};
                proxy_set_header Host $http_host;
            }
            """,
        [],
        app => app.UsePathBase(Prefix).UseRouting().UseAuthorization());

    /// <summary>Whoever reaches the proxy would be this machine's user.</summary>
    [SkippableTheory]
    [InlineData("")]
    [InlineData("proxy_http_version 1.1; proxy_set_header X-Real-IP $remote_addr;")]
    [InlineData("proxy_http_version 1.1; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;")]
    [InlineData("proxy_http_version 1.1; proxy_set_header Forwarded for=$remote_addr;")]
    public async Task GridWithoutKeys_LetsNobodyInThroughAProxy(string settings)
    {
        Nginx.Require();
        await using var host = await ApiHost.StartAsync();
        await using var nginx = await Nginx.StartAsync($"location / {{ proxy_pass http://127.0.0.1:{host.Url.Port}; {settings} }}");
        using var browser = new HttpClient { BaseAddress = nginx.Url };

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/api/classes")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/api/classes/email/pause", null)).StatusCode);
        Assert.False((await host.Grid.GetClassAsync("email")).Settings.Paused);
    }

    private static async Task TryAsync(Func<int, string> location, Dictionary<string, string?> settings, Action<WebApplication> configure)
    {
        Nginx.Require();
        await using var app = await StartAsync(settings, configure);
        await using var nginx = await Nginx.StartAsync(location(new Uri(app.Urls.Single()).Port));
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = nginx.Url };

        await SeePagesAsync(browser);
        await SignInAsync(browser, cookies);
        await ActAsync(browser);
        await ListenAsync(browser);
        await CallWithKeyAsync(nginx.Url);
        Assert.Equal(Prefix, (string?)JsonNode.Parse(await browser.GetStringAsync(Prefix + "/api/openapi/v1.json"))!["servers"]![0]!["url"]);
    }

    /// <summary>The page's links lead to the API and the files through the proxy.</summary>
    private static async Task SeePagesAsync(HttpClient browser)
    {
        foreach (var path in new[] { "/", "/jobs", "/classes/email", "/signin" })
        {
            var page = await browser.GetStringAsync(Prefix + path);
            Assert.Contains($"data-base=\"{Prefix}\" data-api=\"{Prefix}/api\"", page, StringComparison.Ordinal);
            var files = Files().Matches(page).Select(file => file.Groups["path"].Value).ToList();
            Assert.NotEmpty(files);
            Assert.All(files, file => Assert.StartsWith(Prefix + "/assets/", file, StringComparison.Ordinal));
            foreach (var file in files)
            {
                Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(file)).StatusCode);
            }
        }
    }

    private static async Task SignInAsync(HttpClient browser, CookieContainer cookies)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync(Prefix + "/api/classes")).StatusCode);
        var answer = await browser.PostAsync(Prefix + "/api/signin", new StringContent($$"""{"key":"{{Key}}"}""", Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("path=/ops/jobs/api;", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        Assert.Empty(cookies.GetCookies(new Uri(browser.BaseAddress!, "/ops")));
    }

    private static async Task ActAsync(HttpClient browser)
    {
        var csrf = JsonNode.Parse(await browser.GetStringAsync(Prefix + "/api/session"))!["csrf"]!;
        using var submit = new HttpRequestMessage(HttpMethod.Post, Prefix + "/api/jobs")
        {
            Content = new StringContent("""{"class":"email","payload":{}}""", Encoding.UTF8, "application/json"),
            Headers = { { (string)csrf["header"]!, (string)csrf["token"]! }, { "Origin", browser.BaseAddress!.GetLeftPart(UriPartial.Authority) }, { "Sec-Fetch-Site", "same-origin" } },
        };
        var answer = await browser.SendAsync(submit);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.StartsWith(Prefix + "/api/jobs/", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(answer.Headers.Location)).StatusCode);
    }

    /// <summary>An event comes while the stream is open: the proxy does not keep it until the end.</summary>
    private static async Task ListenAsync(HttpClient browser)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var stream = await browser.GetAsync(Prefix + "/api/live?silos", HttpCompletionOption.ResponseHeadersRead, enough.Token);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync(enough.Token));

        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType);
        while (await lines.ReadLineAsync(enough.Token) != "event: silos")
        {
            // What comes before is a sign of life.
        }
    }

    private static async Task CallWithKeyAsync(Uri proxy)
    {
        using var program = new HttpClient { BaseAddress = proxy, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Key) } };

        Assert.Contains("email", await program.GetStringAsync(Prefix + "/api/classes"), StringComparison.Ordinal);
    }

    [GeneratedRegex("(src|href)=\"(?<path>[^\"]*/assets/[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Files();

    private static async Task<WebApplication> StartAsync(Dictionary<string, string?> settings, Action<WebApplication> configure)
    {
        var grid = new InMemoryGrid("email");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration.AddInMemoryCollection(
            [new("JobGrid:Access:Keys:olga:Hash", ApiKey.Hash(Key)), new("JobGrid:Access:Keys:olga:Role", "operator")]);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.Services.AddSingleton<IJobClient>(grid);
        builder.Services.AddSingleton<IGridMonitor>(grid);
        builder.Services.AddOrleansJobsApi();
        var app = builder.Build();
        configure(app);
        app.MapOrleansJobsApi();
        app.MapOrleansJobsDashboard();
        await app.StartAsync();
        return app;
    }
}
