using System.Net;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Access;

/// <summary>A grid that asks nobody who they are, and pages of other sites that try to use it.</summary>
public sealed class GuardTests : AccessTest
{
    private const string Pause = "POST /api/classes/email/pause";

    internal override Task<ApiHost> StartHostAsync() => StartAsync(new() { ["JobGrid:Access:Hosts"] = "grid.example, proxy.example" });

    [Theory]
    [InlineData("Origin: https://evil.example")]
    [InlineData("Origin: http://127.0.0.1:1")]
    [InlineData("Origin: http://127.0.0.1")]
    [InlineData("Origin: null")]
    [InlineData("Origin: file://")]
    [InlineData("Sec-Fetch-Site: cross-site")]
    [InlineData("Sec-Fetch-Site: same-site")]
    [InlineData("Sec-Fetch-Site: nonsense")]
    public async Task Act_OfAnotherSitesPage_IsRefused(string header)
    {
        await ProblemAsync(await SendAsync(Pause, null, null, header), HttpStatusCode.Forbidden, "cross-origin");

        Assert.False((await Grid.GetClassAsync("email")).Settings.Paused);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site: same-origin")]
    [InlineData("Sec-Fetch-Site: none")]
    [InlineData("X-Nothing: 1")]
    public async Task Act_OfTheMachinesUser_IsDone(string header) =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Pause, null, null, header)).StatusCode);

    [Theory]
    [InlineData("GET /api/classes", "evil.example")]
    [InlineData("GET /api/classes", "127.0.0.1.evil.example")]
    [InlineData("GET /api/classes", "localhost.evil.example:5080")]
    [InlineData("GET /api/classes", "10.0.0.1")]
    [InlineData("GET /api/classes", "0.0.0.0")]
    [InlineData(Pause, "evil.example")]
    [InlineData("POST /api/signin", "evil.example")]
    public async Task Host_ThatIsNoNameOfLoopback_IsRefused(string call, string host) =>
        await ProblemAsync(await SendAsync(call, null, null, $"Host: {host}"), HttpStatusCode.Forbidden, "foreign-host");

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:5080")]
    [InlineData("jobs.localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9:1")]
    [InlineData("[::1]:5080")]
    [InlineData("grid.example")]
    [InlineData("Proxy.Example:8443")]
    public async Task Host_OfLoopbackOrOfTheConfiguration_IsTaken(string host) =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET /api/classes", null, null, $"Host: {host}")).StatusCode);

    [Theory]
    [InlineData("10.0.0.5")]
    [InlineData("::ffff:10.0.0.5")]
    [InlineData("2001:db8::1")]
    public async Task Call_ThatCameThroughANetwork_IsRefusedHoweverTheServerWasBound(string address) => await ProblemAsync(
        await SendAsync("GET /api/classes", null, null, $"{LocalAddress}: {address}"), HttpStatusCode.Forbidden, "no-keys-configured");

    /// <summary>A proxy on this machine connects through loopback for whoever called it.</summary>
    [Theory]
    [InlineData("X-Forwarded-For: 203.0.113.7")]
    [InlineData("X-Forwarded-For: 127.0.0.1")]
    [InlineData("X-Forwarded-Proto: https")]
    [InlineData("X-Forwarded-Host: grid.example")]
    [InlineData("X-Forwarded-Whatever: 1")]
    [InlineData("x-forwarded-for: ")]
    [InlineData("X-Original-For: 203.0.113.7")]
    [InlineData("Forwarded: for=203.0.113.7")]
    [InlineData("Via: 1.1 proxy.example")]
    [InlineData("X-Real-IP: 203.0.113.7")]
    [InlineData("X-Client-IP: 203.0.113.7")]
    [InlineData("True-Client-IP: 203.0.113.7")]
    [InlineData("CF-Connecting-IP: 203.0.113.7")]
    public async Task Call_ThatAProxyPassesOn_IsRefused(string header)
    {
        foreach (var call in new[] { "GET /api/classes", Pause })
        {
            await ProblemAsync(await SendAsync(call, null, null, header), HttpStatusCode.Forbidden, "no-keys-configured");
        }

        Assert.False((await Grid.GetClassAsync("email")).Settings.Paused);
        Assert.DoesNotContain("checks", await (await SendAsync("GET /health/ready", null, null, header)).Content.ReadAsStringAsync());
    }

    /// <summary>What nginx speaks to a server behind it unless it is told otherwise, and next to nothing else does.</summary>
    [Fact]
    public async Task Call_InTheHttpOfProxies_IsRefused() =>
        Assert.StartsWith("HTTP/1.1 403 ", await SendRawAsync("GET /api/classes HTTP/1.0\r\nHost: localhost\r\n\r\n"));

    [Theory]
    [InlineData("127.3.2.1")]
    [InlineData("::ffff:127.3.2.1")]
    [InlineData("::1")]
    public async Task Call_ThroughLoopbackOfAnyForm_IsGuarded(string address)
    {
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET /api/classes", null, null, $"{LocalAddress}: {address}")).StatusCode);
        await ProblemAsync(
            await SendAsync("GET /api/classes", null, null, $"{LocalAddress}: {address}", "Host: evil.example"), HttpStatusCode.Forbidden, "foreign-host");
    }

    [Fact]
    public async Task Health_OfAForeignHost_TellsNoDetails()
    {
        Assert.DoesNotContain("checks", await (await SendAsync("GET /health/ready", null, null, "Host: evil.example")).Content.ReadAsStringAsync());
        Assert.Contains("checks", await (await SendAsync("GET /health/ready")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task NoAnswer_HasAHeaderOfCors()
    {
        var answer = await SendAsync("OPTIONS /api/classes", null, null, "Origin: https://evil.example", "Access-Control-Request-Method: PATCH");
        var read = await SendAsync("GET /api/classes", null, null, "Origin: https://evil.example");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers.Concat(read.Headers), header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task SignIn_WhereNoKeysAre_SaysSo() => Assert.Contains(
        "No keys are configured", await ProblemAsync(await SendAsync("POST /api/signin", null, """{"key":"x"}"""), HttpStatusCode.BadRequest, "invalid-request"));

    [Fact]
    public async Task Session_OfTheMachinesUser_IsLocal()
    {
        var session = await ReadAsync(await SendAsync("GET /api/session"));

        Assert.Equal(("local", "Admin", "Local"), ((string?)session["name"], (string?)session["role"], (string?)session["by"]));
        Assert.Null(session["csrf"]);
    }
}
