using System.Net;
using OrleansJobs.Dashboard.Access;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Tests.Access;

public sealed class AttackTests : AccessTest
{
    private const string Script = "<script>alert(1)</script>";

    [Theory]
    [InlineData("GET /api/classes", 200)]
    [InlineData("GET /api/nowhere", 404)]
    [InlineData("GET /api/jobs?limit=x", 400)]
    [InlineData("POST /api/classes/email/pause", 403)]
    [InlineData("GET /health/ready", 200)]
    public async Task Answer_OfAnyKind_HasTheHeaders(string call, int status)
    {
        var answer = await SendAsync(call, ViewerKey);

        Assert.Equal(status, (int)answer.StatusCode);
        AssertHeaders(answer, SecurityHeaders.ApiPolicy);
    }

    [Fact]
    public async Task Answer_ToAStranger_HasTheHeaders() => AssertHeaders(await SendAsync("GET /api/classes"), SecurityHeaders.ApiPolicy);

    [Fact]
    public void PagePolicy_LetsNothingInlineOrForeignRun()
    {
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'", SecurityHeaders.PagePolicy);
        Assert.Contains("frame-ancestors 'none'", SecurityHeaders.PagePolicy);
        Assert.DoesNotContain("unsafe", SecurityHeaders.PagePolicy);
    }

    [Fact]
    public async Task Html_InWhateverIsSubmitted_ComesBackAsJsonThatNobodySniffs()
    {
        var id = await SubmitAsync($"\"{Script}\"", new SubmitOptions { Tenant = Script, Tags = [Script], UniqueKey = Script });
        Grid.Start(id);
        Grid.Report(id, 0.5, Script);
        Grid.Die(id, Script);

        foreach (var path in new[] { $"/api/jobs/{id}", "/api/jobs", "/api/classes/email/results", $"/api/jobs?class={Script}&tenant={Script}" })
        {
            var answer = await SendAsync($"GET {path}", ViewerKey);

            Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
            AssertHeaders(answer, SecurityHeaders.ApiPolicy);
            await ReadAsync(answer);
        }

        Assert.Equal(Script, (string?)(await ReadAsync(await SendAsync($"GET /api/jobs/{id}", ViewerKey)))["tenant"]);
    }

    [Fact]
    public async Task Html_InAnError_ComesBackAsAProblemThatNobodySniffs()
    {
        var answer = await SendAsync($"GET /api/classes/{Uri.EscapeDataString("<img src=x onerror=alert(1)>")}", ViewerKey);

        await ProblemAsync(answer, HttpStatusCode.NotFound, "unknown-job-class");
        AssertHeaders(answer, SecurityHeaders.ApiPolicy);
    }

    [Fact]
    public async Task Html_AsAResult_IsSandboxed()
    {
        var id = await SubmitAsync("1", new SubmitOptions());
        Grid.Succeed(id, Script);

        AssertHeaders(await SendAsync($"GET /api/jobs/{id}/result", ViewerKey), SecurityHeaders.ForeignPolicy);
    }

    [Theory]
    [InlineData("/api/jobs", "application/json", 52_428_800)]
    [InlineData("/api/jobs", "application/json", HttpLimits.MaxJobBodyBytes + 1)]
    [InlineData("/api/jobs/batch", "application/x-ndjson", 52_428_800)]
    [InlineData("/api/jobs/batch", "application/x-ndjson", HttpLimits.MaxBatchBodyBytes + 1)]
    [InlineData("/api/jobs/0193b5f2-7c1e-7d3a-9f1b-2a4c6e8f0a1b/cancel", "application/json", HttpLimits.MaxBodyBytes + 1)]
    [InlineData("/api/signin", "application/json", AccessLimits.MaxSignInBytes + 1)]
    public async Task Body_OverItsLimit_IsRefusedBeforeItIsSent(string path, string type, int length)
    {
        var answer = await SendRawAsync(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {OperatorKey}\r\nContent-Type: {type}\r\nContent-Length: {length}\r\n\r\n{{");

        Assert.StartsWith("HTTP/1.1 413 ", answer);
    }

    [Fact]
    public async Task Body_WithoutALength_IsReadNoFurtherThanItsLimit()
    {
        var sent = 0L;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs")
        {
            Content = new EndlessContent(written => sent = written),
            Headers = { { "Authorization", $"Bearer {OperatorKey}" } },
        };

        HttpStatusCode? status = null;
        try
        {
            status = (await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).StatusCode;
        }
        catch (HttpRequestException)
        {
            // The server hung up on whoever went on sending.
        }

        Assert.True(status is null or HttpStatusCode.RequestEntityTooLarge, $"{status}");
        Assert.True(sent < EndlessContent.End, "Everything was taken.");
        Assert.Empty(Grid.All());
    }

    [Fact]
    public async Task Body_OfAStranger_IsNotReadAtAll()
    {
        var answer = await SendRawAsync("POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 52428800\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 401 ", answer);
    }

    public static TheoryData<string> Tricks =>
    [
        "/api/jobs/../classes/email/pause",
        "/api/./classes/email/pause",
        "/api/%2e%2e/api/classes/email/pause",
        "/api/classes/email/pause/",
        "/api/classes/email%2Fpause",
        "/api/classes/email%2fpause%00",
        "/api//classes/email/pause",
        "//api/classes/email/pause",
        "/API/CLASSES/EMAIL/PAUSE",
        "/health/../api/classes/email/pause",
        "/health/live/../../api/classes/email/pause",
        "/api/signin/../api/classes/email/pause",
        "/api/signin/..%2fapi/classes/email/pause",
        "/api/classes/email/pause;/health/live",
        "/api/classes/email/pause?/health/live",
        "/api/classes/email/pause%3f/health/live",
        "/api\\classes\\email\\pause",
        "http://localhost/api/classes/email/pause",
        "/api/classes/email/%70ause",
        "/api/classes/email/pause\0",
    ];

    [Theory]
    [MemberData(nameof(Tricks))]
    public async Task Path_HoweverItIsWritten_LetsNobodyPast(string path)
    {
        foreach (var header in new[] { "", $"Authorization: Bearer {ViewerKey}\r\n" })
        {
            var answer = await SendRawAsync($"POST {path} HTTP/1.1\r\nHost: localhost\r\n{header}Content-Length: 0\r\n\r\n");

            Assert.Matches("^HTTP/1.1 (400|401|403|404|405) ", answer);
        }

        Assert.False((await Grid.GetClassAsync("email")).Settings.Paused);
    }

    [Theory]
    [InlineData("/api/jobs/..%2f..%2fetc%2fpasswd")]
    [InlineData("/api/jobs/%2e%2e%2f%2e%2e%2fetc/passwd")]
    [InlineData("/api/classes/%00")]
    [InlineData("/api/classes/..%5c..%5cwindows")]
    [InlineData("/../../../../etc/passwd")]
    [InlineData("/%c0%ae%c0%ae/etc/passwd")]
    public async Task Path_ThatLeadsNowhere_IsAClearRefusal(string path) => Assert.Matches(
        "^HTTP/1.1 (400|404) ", await SendRawAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {AdminKey}\r\n\r\n"));

    [Fact]
    public async Task Header_ThatIsSentTwice_IsNoKey() => Assert.StartsWith("HTTP/1.1 401 ", await SendRawAsync(
        $"GET /api/classes HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {AdminKey}\r\nAuthorization: Bearer {AdminKey}\r\n\r\n"));

    private static void AssertHeaders(HttpResponseMessage answer, string policy)
    {
        Assert.Equal(policy, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    /// <summary>20 MB of blanks, chunk by chunk: less than the server itself would refuse.</summary>
    private sealed class EndlessContent : HttpContent
    {
        public const long End = 20L * 1024 * 1024;
        private readonly Action<long> _report;

        public EndlessContent(Action<long> report)
        {
            _report = report;
            Headers.ContentType = new("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var chunk = new byte[64 * 1024];
            Array.Fill(chunk, (byte)' ');
            for (var sent = 0L; sent < End; _report(sent += chunk.Length))
            {
                await stream.WriteAsync(chunk);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
