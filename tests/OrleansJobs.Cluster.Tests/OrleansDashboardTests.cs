using System.Net;
using System.Net.Http.Headers;
using OrleansJobs.Http;
using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>Orleans' own dashboard has no authentication: it is behind the grid's, and for admins alone.</summary>
public sealed class OrleansDashboardTests(SharedPostgres postgres, ITestOutputHelper output) : ClusterTest(postgres, output)
{
    private static readonly string[] Paths = ["/orleans", "/orleans/", "/orleans/version", "/orleans/DashboardCounters", "/orleans/GrainTypes", "/orleans/GrainState?grainId=1&grainType=x"];

    [SkippableFact]
    public Task OrleansDashboard_IsForAdminsAlone() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var keys = Enum.GetValues<AccessRole>().ToDictionary(role => role, role => ApiKey.New(role.ToString().ToLowerInvariant()));
        var silo = await grid.StartAsync([.. keys.SelectMany(key => Options(key.Key, key.Value))]);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{silo.Settings.HttpPort}") };
        async Task<HttpStatusCode> GetAsync(string path, string? key)
        {
            http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
            return (await http.GetAsync(path)).StatusCode;
        }

        foreach (var path in Paths)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(path, null));
            Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(path, keys[AccessRole.Viewer]));
            Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(path, keys[AccessRole.Operator]));
        }

        Assert.Equal(HttpStatusCode.OK, await GetAsync("/orleans/version", keys[AccessRole.Admin]));
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/orleans/DashboardCounters", keys[AccessRole.Admin]));
        foreach (var path in Paths)
        {
            AssertHeaders(await http.GetAsync(path));
        }
    });

    private static void AssertHeaders(HttpResponseMessage answer)
    {
        Assert.Contains("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    private static IEnumerable<string> Options(AccessRole role, string key) =>
    [
        $"--JobGrid:Access:Keys:{role.ToString().ToLowerInvariant()}:Hash={ApiKey.Hash(key)}",
        $"--JobGrid:Access:Keys:{role.ToString().ToLowerInvariant()}:Role={role}",
    ];
}
