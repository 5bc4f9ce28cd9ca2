using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Hosting;

/// <summary>The grid under a prefix, in an application that has the same names at its root.</summary>
public sealed class NeighbourTests : IAsyncLifetime
{
    private const string Own = "the application's own";
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.Services.AddSingleton<IJobClient>(new InMemoryGrid("email"));
        builder.Services.AddOrleansJobsApi();
        _app = builder.Build();
        _app.MapOrleansJobsApi("/jobs/api");
        _app.MapOrleansJobsDashboard("/jobs");
        _app.MapFallback("/{*path}", () => Own);
        _app.MapPost("/signin", () => Own);
        _app.MapGet("/", () => Own);
        _app.MapGet("/api", () => Own);
        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/api")]
    [InlineData("GET", "/api/classes")]
    [InlineData("GET", "/assets/app.js")]
    [InlineData("GET", "/signin")]
    [InlineData("POST", "/signin")]
    [InlineData("POST", "/signout")]
    [InlineData("GET", "/health/live")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("GET", "/jobsite")]
    public async Task PathAtTheRoot_IsTheApplications(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await _http.SendAsync(request);

        Assert.Equal(Own, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/jobs", "text/html")]
    [InlineData("/jobs/signin", "text/html")]
    [InlineData("/jobs/jobs", "text/html")]
    [InlineData("/jobs/api/classes", "application/json")]
    [InlineData("/jobs/api/session", "application/json")]
    [InlineData("/jobs/api/nowhere", "application/problem+json")]
    public async Task PathBelowThePrefix_IsTheGrids(string path, string type)
    {
        using var answer = await _http.GetAsync(path);

        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain(Own, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void NoRouteOfTheGrid_IsElsewhere()
    {
        var own = new[] { "/{*path}", "/signin", "/", "/api" };
        var routes = _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/'));

        Assert.All(routes.Except(own), route => Assert.True(route == "/jobs" || route.StartsWith("/jobs/", StringComparison.Ordinal), route));
    }

    [Fact]
    public async Task SignOut_BelowThePrefix_IsTheGrids() =>
        Assert.Equal(HttpStatusCode.NoContent, (await _http.PostAsync("/jobs/api/signout", null)).StatusCode);
}
