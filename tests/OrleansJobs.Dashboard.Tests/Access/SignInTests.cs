using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Dashboard.Access;
using OrleansJobs.Dashboard.Tests.Support;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Tests.Access;

public sealed class SignInTests : AccessTest
{
    private const string Pause = "POST /api/classes/email/pause";
    private readonly EphemeralDataProtectionProvider _protection = new();
    private readonly MemorySignIns _signIns = new();

    internal override Task<ApiHost> StartHostAsync() =>
        StartAsync(KeySettings, services => services.Configure<OrleansJobsAccessOptions>(Share));

    [Fact]
    public async Task SignIn_GivesACookieThatScriptsAndOtherSitesDoNotGet()
    {
        var answer = await SendAsync("POST /api/signin", null, $$"""{"key":"{{OperatorKey}}"}""");

        var session = await ReadAsync(answer);
        Assert.Equal(("olga", "Operator"), ((string?)session["name"], (string?)session["role"]));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("samesite=strict", cookie);
        Assert.Contains("httponly", cookie);
        Assert.DoesNotContain("secure", cookie);
        Assert.DoesNotContain(OperatorKey[^43..], cookie);
    }

    [Fact]
    public async Task SignIn_OverHttps_GivesASecureCookie()
    {
        var answer = await SendAsync("POST /api/signin", null, $$"""{"key":"{{OperatorKey}}"}""", $"{Scheme}: https");

        Assert.Contains("secure", Assert.Single(answer.Headers.GetValues("Set-Cookie")));
    }

    [Fact]
    public async Task SignIn_Reads()
    {
        var cookie = await SignInAsync(ViewerKey);

        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET /api/classes", null, null, cookie)).StatusCode);
        Assert.Equal("Cookie", (string?)(await ReadAsync(await SendAsync("GET /api/session", null, null, cookie)))["by"]);
    }

    [Fact]
    public async Task Delete_ByCookieWithoutToken_IsRefused()
    {
        var id = await SubmitAsync();
        Grid.Die(id, "no");

        await ProblemAsync(
            await SendAsync($"DELETE /api/jobs/{id}", null, null, await SignInAsync(OperatorKey)), HttpStatusCode.Forbidden, "csrf");

        Assert.Equal(JobState.DeadLettered, Grid.Get(id).State);
    }

    [Fact]
    public async Task Act_ByCookieWithoutToken_IsRefused()
    {
        var cookie = await SignInAsync(OperatorKey);

        await ProblemAsync(await SendAsync(Pause, null, null, cookie), HttpStatusCode.Forbidden, "csrf");
        await ProblemAsync(await SendAsync(Pause, null, null, cookie, "X-Jobs-Csrf: guess"), HttpStatusCode.Forbidden, "csrf");

        Assert.False((await Grid.GetClassAsync("email")).Settings.Paused);
    }

    [Fact]
    public async Task Act_ByCookieWithItsToken_IsDone()
    {
        var (cookies, token) = await SessionAsync(OperatorKey);

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Pause, null, null, cookies, token)).StatusCode);
        Assert.True((await Grid.GetClassAsync("email")).Settings.Paused);
    }

    [Fact]
    public async Task Act_ByCookieWithAnothersToken_IsRefused()
    {
        var (_, token) = await SessionAsync(AdminKey);
        var (cookies, _) = await SessionAsync(OperatorKey);

        await ProblemAsync(await SendAsync(Pause, null, null, cookies, token), HttpStatusCode.Forbidden, "csrf");
    }

    [Theory]
    [InlineData("Origin: https://evil.example")]
    [InlineData("Origin: null")]
    [InlineData("Sec-Fetch-Site: cross-site")]
    [InlineData("Sec-Fetch-Site: same-site")]
    public async Task Act_ByCookieFromAnotherSite_IsRefusedEvenWithItsToken(string header)
    {
        var (cookies, token) = await SessionAsync(OperatorKey);

        await ProblemAsync(await SendAsync(Pause, null, null, cookies, token, header), HttpStatusCode.Forbidden, "cross-origin");
        Assert.False((await Grid.GetClassAsync("email")).Settings.Paused);
    }

    [Fact]
    public async Task Act_OfOperators_IsRefusedToAViewersCookie()
    {
        var (cookies, token) = await SessionAsync(ViewerKey);

        await ProblemAsync(await SendAsync(Pause, null, null, cookies, token), HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Cookie_BesideAWrongKey_IsNotAsked() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("GET /api/classes", ApiKey.New("val"), null, await SignInAsync(AdminKey))).StatusCode);

    [Fact]
    public async Task Cookie_EndsAfterItsLife()
    {
        var cookie = await SignInAsync(ViewerKey);
        for (var n = 0; n < 16; n++)
        {
            Time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
            Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET /api/classes", null, null, cookie)).StatusCode);
        }

        Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET /api/classes", null, null, cookie)).StatusCode);

        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("GET /api/classes", null, null, cookie)).StatusCode);
    }

    [Fact]
    public async Task Cookie_OfAKeyThatWasReplaced_EndsWithTheKey()
    {
        var cookie = await SignInAsync(AdminKey);
        await DisposeAsync();
        var settings = KeySettings;
        settings["JobGrid:Access:Keys:val:Role"] = "operator";
        var same = await RestartAsync(settings, cookie);
        settings["JobGrid:Access:Keys:ada:Hash"] = ApiKey.Hash(ApiKey.New("ada"));
        var replaced = await RestartAsync(settings, cookie);
        await InitializeAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (same, replaced));
    }

    [Fact]
    public async Task Cookie_ThatWasTamperedWith_IsNone()
    {
        var cookie = await SignInAsync(AdminKey);

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("GET /api/classes", null, null, cookie[..^4] + "AAAA")).StatusCode);
    }

    [Fact]
    public async Task SignOut_TakesTheCookieAway()
    {
        var (cookies, token) = await SessionAsync(ViewerKey);

        await ProblemAsync(await SendAsync("POST /api/signout", null, null, cookies), HttpStatusCode.Forbidden, "csrf");
        var answer = await SendAsync("POST /api/signout", null, null, cookies, token);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("orleansjobs=;", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync("POST /api/signout")).StatusCode);
    }

    /// <summary>Whoever has copied the cookie has nothing once its owner has signed out.</summary>
    [Fact]
    public async Task SignOut_EndsTheSignIn_ForWhoeverHasItsCookie()
    {
        var (cookies, token) = await SessionAsync(ViewerKey);
        var other = await SignInAsync(ViewerKey);

        await SendAsync("POST /api/signout", null, null, cookies, token);

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("GET /api/classes", null, null, cookies)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET /api/classes", null, null, other)).StatusCode);
    }

    [Fact]
    public async Task SignIn_ThatIsNotUsed_Ends()
    {
        var (used, idle) = (await SignInAsync(ViewerKey), await SignInAsync(ViewerKey));
        for (var n = 0; n < 3; n++)
        {
            Time.Advance(TimeSpan.FromMinutes(25));
            Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET /api/classes", null, null, used)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("GET /api/classes", null, null, idle)).StatusCode);
    }

    /// <summary>Somebody may have put a cookie of theirs into the browser, to know what becomes of it.</summary>
    [Fact]
    public async Task SignIn_WithACookieThatIsThere_IsANewOne()
    {
        var before = await SignInAsync(ViewerKey);

        var answer = await SendAsync("POST /api/signin", null, $$"""{"key":"{{AdminKey}}"}""", before);
        var after = "Cookie: " + Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0];

        Assert.Equal("val", (string?)(await ReadAsync(await SendAsync("GET /api/session", null, null, before)))["name"]);
        Assert.Equal("ada", (string?)(await ReadAsync(await SendAsync("GET /api/session", null, null, after)))["name"]);
    }

    [Fact]
    public async Task SignIns_OfAKey_AreBounded()
    {
        var (first, ofAnother) = (await SignInAsync(ViewerKey), await SignInAsync(AdminKey));
        for (var n = 0; n < AccessLimits.MaxSignInsPerKey; n++)
        {
            await SignInAsync(ViewerKey);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("GET /api/classes", null, null, first)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET /api/classes", null, null, ofAnother)).StatusCode);
    }

    /// <summary>Behind a proxy that ends TLS the call itself is in the clear.</summary>
    [Fact]
    public async Task Cookies_WhereThatIsSaid_AreSecureWhateverTheCall()
    {
        var settings = KeySettings;
        settings["JobGrid:Access:SecureCookies"] = "true";
        await using var host = await StartAsync(settings);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.Url };

        var signIn = Assert.Single((await http.PostAsync("/api/signin", Json($$"""{"key":"{{OperatorKey}}"}"""))).Headers.GetValues("Set-Cookie"));
        http.DefaultRequestHeaders.Add("Cookie", signIn.Split(';')[0]);
        var session = await http.GetAsync("/api/session");
        var csrf = Assert.Single(session.Headers.GetValues("Set-Cookie"));

        Assert.StartsWith("__Host-orleansjobs=", signIn);
        Assert.StartsWith("__Host-orleansjobs-csrf=", csrf);
        Assert.All([signIn, csrf], cookie => Assert.True(cookie.Contains("; path=/;") && cookie.Contains("; secure;") && !cookie.Contains("domain"), cookie));
        http.DefaultRequestHeaders.Add("Cookie", csrf.Split(';')[0]);
        http.DefaultRequestHeaders.Add("X-Jobs-Csrf", (string?)(await ReadAsync(session))["csrf"]!["token"]);
        Assert.Equal(HttpStatusCode.OK, (await http.PostAsync("/api/classes/email/pause", null)).StatusCode);
    }

    [Theory]
    [InlineData("{}", "'key' is missing")]
    [InlineData("""{"key":null}""", "'key' is missing")]
    [InlineData("""{"secret":"x"}""", "Unknown property 'secret'")]
    public async Task SignIn_WithABadBody_SaysWhatIsWrong(string body, string expected) =>
        Assert.Contains(expected, await ProblemAsync(await SendAsync("POST /api/signin", null, body), HttpStatusCode.BadRequest, "invalid-request"));

    [Fact]
    public async Task SignIn_WithALargeBody_IsRefused() => await ProblemAsync(
        await SendAsync("POST /api/signin", null, $$"""{"key":"{{new string('x', AccessLimits.MaxSignInBytes)}}"}"""),
        HttpStatusCode.RequestEntityTooLarge,
        "payload-too-large");

    [Fact]
    public async Task SignIn_FromAnotherSite_IsRefused() => await ProblemAsync(
        await SendAsync("POST /api/signin", null, $$"""{"key":"{{ViewerKey}}"}""", "Origin: https://evil.example"), HttpStatusCode.Forbidden, "cross-origin");

    [Fact]
    public async Task SignIn_OfAForm_IsNone() => Assert.Equal(
        HttpStatusCode.UnsupportedMediaType,
        (await Http.PostAsync("/api/signin", new FormUrlEncodedContent(new Dictionary<string, string> { ["key"] = ViewerKey }))).StatusCode);

    /// <summary>As hosts behind one load balancer do.</summary>
    private void Share(OrleansJobsAccessOptions access) => (access.DataProtection, access.SignIns) = (_protection, _signIns);

    private async Task<string> SignInAsync(string key)
    {
        var answer = await SendAsync("POST /api/signin", null, $$"""{"key":"{{key}}"}""");
        return "Cookie: " + Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0];
    }

    private async Task<(string Cookies, string Token)> SessionAsync(string key)
    {
        var cookie = await SignInAsync(key);
        var answer = await SendAsync("GET /api/session", null, null, cookie);
        var csrf = (await ReadAsync(answer))["csrf"]!;
        return ($"{cookie}; {answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0]}", $"{csrf["header"]}: {csrf["token"]}");
    }

    private async Task<HttpStatusCode> RestartAsync(Dictionary<string, string?> settings, string cookie)
    {
        await using var host = await StartAsync(
            settings, services => services.Configure<OrleansJobsAccessOptions>(Share));
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.Url };
        http.DefaultRequestHeaders.Add("Cookie", cookie.Split(": ")[1]);
        return (await http.GetAsync("/api/classes")).StatusCode;
    }
}
