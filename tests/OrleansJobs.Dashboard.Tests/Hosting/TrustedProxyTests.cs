using System.Net;
using OrleansJobs.Dashboard.Tests.Access;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Hosting;

/// <summary>What is believed of a call that a proxy passes on.</summary>
public sealed class TrustedProxyTests : AccessTest
{
    private const string Stranger = "X-Forwarded-For: 203.0.113.7";
    private const string Trusted = "JobGrid:Http:TrustedProxies";

    internal override Task<ApiHost> StartHostAsync() => StartAsync(With("10.0.0.0/8, 127.0.0.1"));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7, 10.1.2.3", "203.0.113.7")]
    [InlineData("127.0.0.1, 203.0.113.7", "203.0.113.7")]
    [InlineData("10.1.2.3", "10.1.2.3")]
    public async Task Caller_IsTheLastOneInTheChainWhomNoProxyVouchesFor(string chain, string from)
    {
        await SendAsync("POST /api/classes/email/pause", AdminKey, null, $"X-Forwarded-For: {chain}");

        Assert.Equal(from, await LastFromAsync());
    }

    /// <summary>A trusted proxy tells who calls, but not what they may do.</summary>
    [Theory]
    [InlineData(Stranger)]
    [InlineData("X-Forwarded-For: 127.0.0.1")]
    public async Task CallThroughATrustedProxy_ToAGridWithoutKeys_IsRefused(string header)
    {
        await using var host = await StartAsync(new() { [Trusted] = "127.0.0.1" });
        using var http = new HttpClient { BaseAddress = host.Url };
        http.DefaultRequestHeaders.Add(header.Split(": ")[0], header.Split(": ")[1]);

        await ProblemAsync(await http.GetAsync("/api/classes"), HttpStatusCode.Forbidden, "no-keys-configured");
    }

    [Fact]
    public async Task Prefix_OfATrustedProxy_IsInWhatIsAnswered()
    {
        var answer = await SendAsync("POST /api/jobs", AdminKey, """{"class":"email","payload":{}}""", "X-Forwarded-Prefix: /ops/jobs", "X-Forwarded-For: 127.0.0.1");

        Assert.StartsWith("/ops/jobs/api/jobs/", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostThatAHeaderNames_IsNotBelieved()
    {
        var answer = await SendAsync(
            "POST /api/classes/email/pause", AdminKey, null, "X-Forwarded-Host: evil.example", "X-Forwarded-For: 127.0.0.1", "Origin: http://evil.example");

        await ProblemAsync(answer, HttpStatusCode.Forbidden, "cross-origin");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("10.0.0.0/8")]
    public async Task Headers_OfAnybodyElse_ChangeNothing(string? trusted)
    {
        await using var host = await StartAsync(With(trusted));
        using var http = new HttpClient { BaseAddress = host.Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs") { Content = Json("""{"class":"email","payload":{}}""") };
        request.Headers.Authorization = new("Bearer", AdminKey);
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Prefix", "/evil");
        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.StartsWith("/api/jobs/", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("proxy.example")]
    [InlineData("10")]
    [InlineData("10.0.0.7:80")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.7/8")]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("*")]
    public async Task Proxy_ThatIsNone_IsRefused(string proxy)
    {
        var error = await Assert.ThrowsAsync<InvalidOptionsException>(() => StartAsync(new() { [Trusted + ":0"] = proxy }));

        Assert.StartsWith($"JobGrid:Http:TrustedProxies has '{proxy}'; allowed is the address of a proxy, such as 10.0.0.7", Assert.Single(error.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("::1")]
    [InlineData("fd00::/8")]
    [InlineData("192.168.7.9")]
    [InlineData("192.168.0.0/16")]
    public async Task Proxy_ThatIsOne_IsTaken(string proxy) => await (await StartAsync(new() { [Trusted] = proxy })).DisposeAsync();

    private static Dictionary<string, string?> With(string? trusted)
    {
        var settings = KeySettings;
        settings[Trusted] = trusted;
        return settings;
    }

    private async Task<string?> LastFromAsync() => (string?)(await ReadAsync(await SendAsync("GET /api/audit?limit=1", AdminKey)))["entries"]![0]!["from"];
}
