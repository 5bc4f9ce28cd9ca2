using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Dashboard.Tests.Access;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Api;

/// <summary>The logs of jobs, and the search in their errors. Both may tell what is sensitive: the class email hides, index shows operators.</summary>
public sealed class LogTests : AccessTest
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    internal override Task<ApiHost> StartHostAsync()
    {
        var settings = KeySettings;
        settings["JobGrid:Access:Reveal:index"] = "operator";
        settings["JobGrid:Access:Reveal:other"] = "operator";
        return StartAsync(
            settings,
            services => services
                .AddSingleton<IJobRedactor, HidingRedactor>()
                .AddSingleton(LogMonitor.Of(Enumerable.Range(1, 5).Select(n => new JobLogLine(n, At, 2, LogLevel.Warning, $"secret {n}")))),
            "email",
            "index",
            "other");
    }

    [Fact]
    public async Task Log_IsReadPageByPage()
    {
        var id = await SubmitAsync(jobClass: "index");

        var first = await ReadAsync(await SendAsync($"GET /api/jobs/{id}/log?limit=3", OperatorKey));
        var rest = await ReadAsync(await SendAsync($"GET /api/jobs/{id}/log?limit=3&after={first["next"]}", OperatorKey));
        var end = await ReadAsync(await SendAsync($"GET /api/jobs/{id}/log?after={rest["next"]}", OperatorKey));

        Assert.Equal(["secret 1", "secret 2", "secret 3", "secret 4", "secret 5"], Texts(first).Concat(Texts(rest)));
        Assert.Equal(
            (1, At, 2, "Warning"),
            ((int)first["lines"]![0]!["sequence"]!, (DateTimeOffset)first["lines"]![0]!["at"]!, (int)first["lines"]![0]!["attempt"]!, (string?)first["lines"]![0]!["level"]));
        Assert.Empty(end["lines"]!.AsArray());
        Assert.Equal(5, (int)end["next"]!);
    }

    [Fact]
    public async Task Log_OfASensitiveClass_HasNoText()
    {
        var id = await SubmitAsync(jobClass: "index");

        var lines = await ReadAsync(await SendAsync($"GET /api/jobs/{id}/log", ViewerKey));

        Assert.All(Texts(lines), text => Assert.Equal(Redacted.Text, text));
        Assert.Equal(5, Texts(lines).Count());
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=1001")]
    [InlineData("?after=-1")]
    [InlineData("?from=1")]
    public async Task Log_ByABadQuery_IsRefused(string query) =>
        await ProblemAsync(await SendAsync($"GET /api/jobs/{await SubmitAsync()}/log{query}", OperatorKey), HttpStatusCode.BadRequest, "invalid-request");

    [Fact]
    public async Task Log_OfAnUnknownJob_IsNotFound() =>
        await ProblemAsync(await SendAsync($"GET /api/jobs/{JobId.New()}/log", OperatorKey), HttpStatusCode.NotFound, "job-not-found");

    [Fact]
    public async Task ErrorSearch_FindsOnlyJobsThatTheCallerMaySee()
    {
        Grid.Die(await SubmitAsync(jobClass: "email"), "secret here");
        var shown = await SubmitAsync(jobClass: "index");
        Grid.Die(shown, "secret here");

        Assert.Equal([shown.ToString()], Ids(await ReadAsync(await SendAsync("GET /api/jobs?error=secret", OperatorKey))));
        Assert.Empty(Ids(await ReadAsync(await SendAsync("GET /api/jobs?error=secret", ViewerKey))));
        Assert.Equal([shown.ToString()], Ids(await ReadAsync(await SendAsync("GET /api/jobs?error=secret&class=index", OperatorKey))));
    }

    /// <summary>A cursor is a place among jobs: one that is told only where hidden jobs match tells what they say, a letter at a time.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("&limit=1")]
    [InlineData("&state=DeadLettered&limit=1")]
    public async Task ErrorSearch_OverHiddenClasses_DoesNotTellWhetherTheyMatch(string more)
    {
        for (var n = 0; n < 3; n++)
        {
            Grid.Die(await SubmitAsync(jobClass: "email"), "card 4111");
        }

        foreach (var key in new[] { ViewerKey, OperatorKey, AdminKey })
        {
            var hit = await SendAsync($"GET /api/jobs?error=card+4{more}", key);
            var miss = await SendAsync($"GET /api/jobs?error=card+5{more}", key);

            Assert.Equal(HttpStatusCode.OK, hit.StatusCode);
            Assert.Equal(await miss.Content.ReadAsStringAsync(), await hit.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task ErrorSearch_OverSomeClasses_ShowsEachJobOnceAndTheNewestFirst(int limit)
    {
        var shown = new List<string>();
        for (var n = 0; n < 9; n++)
        {
            var id = await SubmitAsync(options: new SubmitOptions { Id = JobId.New(Grid.Now.AddSeconds(n)) }, jobClass: new[] { "email", "index", "other" }[n % 3]);
            Grid.Die(id, "secret here");
            if (n % 3 != 0)
            {
                shown.Insert(0, id.ToString());
            }
        }

        var found = new List<string>();
        var cursor = "";
        do
        {
            var page = await ReadAsync(await SendAsync($"GET /api/jobs?error=secret&limit={limit}{cursor}", OperatorKey));
            found.AddRange(Ids(page));
            cursor = page["nextCursor"] is { } next ? $"&cursor={next}" : null;
        }
        while (cursor is not null);

        Assert.Equal(shown, found);
    }

    [Theory]
    [InlineData("POST /api/bulk", """{"action":"cancel","filter":{"state":"Queued","error":"secret"}}""")]
    [InlineData("GET /api/jobs?error=secret&class=email", null)]
    [InlineData("POST /api/bulk", """{"action":"cancel","filter":{"class":"email","error":"secret"}}""")]
    public async Task ErrorSearch_InASensitiveClass_IsRefused(string call, string? body) =>
        await ProblemAsync(await SendAsync(call, AdminKey, body), HttpStatusCode.Forbidden, "forbidden");

    private static IEnumerable<string> Texts(JsonNode page) => page["lines"]!.AsArray().Select(line => (string)line!["text"]!);

    private static IEnumerable<string> Ids(JsonNode page) => page["jobs"]!.AsArray().Select(job => (string)job!["id"]!);

    private sealed class HidingRedactor : IJobRedactor
    {
        public bool Hides(string jobClass) => true;

        public JobSnapshot Redact(JobSnapshot job) => job with { LastError = null };
    }
}
