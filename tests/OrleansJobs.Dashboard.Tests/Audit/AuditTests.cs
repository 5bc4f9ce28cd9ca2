using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Dashboard.Audit;
using OrleansJobs.Dashboard.Tests.Access;
using OrleansJobs.Dashboard.Tests.Support;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Tests.Audit;

public sealed class AuditTests : AccessTest
{
    private readonly SwitchableTrail _trail = new();

    internal override Task<ApiHost> StartHostAsync() => StartAsync(KeySettings, services => services.AddSingleton<IAuditTrail>(_trail));

    [Fact]
    public async Task Change_OfLimits_IsWrittenWithBeforeAndAfter()
    {
        await SendAsync("PATCH /api/classes/email", AdminKey, """{"maxConcurrentJobs":7}""", $"{RemoteAddress}: ::ffff:10.2.3.4");

        var entry = Assert.Single(await ReadAllAsync())!;
        Assert.Equal(("ada", "admin", "10.2.3.4"), ((string?)entry["who"], (string?)entry["role"], (string?)entry["from"]));
        Assert.Equal(("change-limits", "email", "Done"), ((string?)entry["verb"], (string?)entry["class"], (string?)entry["outcome"]));
        Assert.Equal((0, 7), ((int?)entry["before"]!["maxConcurrentJobs"], (int?)entry["after"]!["maxConcurrentJobs"]));
        Assert.Equal(Time.GetUtcNow(), (DateTimeOffset)entry["at"]!);
    }

    [Fact]
    public async Task Act_OnAJob_IsWrittenWithItsReason()
    {
        var id = await SubmitAsync();

        await SendAsync($"POST /api/jobs/{id}/cancel", OperatorKey, """{"reason":"not needed"}""");

        var entry = Assert.Single(await ReadAllAsync())!;
        Assert.Equal(("cancel", id.ToString(), "email", "not needed"),
            ((string?)entry["verb"], (string?)entry["jobId"], (string?)entry["class"], (string?)entry["reason"]));
    }

    [Fact]
    public async Task Delete_IsWrittenWithTheJobsClass_AndItsRefusalToo()
    {
        var id = await SubmitAsync();
        await SendAsync($"DELETE /api/jobs/{id}", OperatorKey);
        Grid.Die(id, "no");

        await SendAsync($"DELETE /api/jobs/{id}", OperatorKey);

        var entries = await ReadAllAsync();
        Assert.All(entries, entry => Assert.Equal(("delete", id.ToString(), "olga"), ((string?)entry!["verb"], (string?)entry["jobId"], (string?)entry["who"])));
        Assert.Equal([("email", "Done"), (null, "Refused")], entries.Select(entry => ((string?)entry!["class"], (string?)entry["outcome"])));
    }

    [Fact]
    public async Task Entry_IsNoLargerThanItsLimits()
    {
        var id = await SubmitAsync();

        await SendAsync($"POST /api/classes/{new string('x', 4_000)}/pause", OperatorKey);
        await SendAsync($"POST /api/jobs/{id}/cancel", OperatorKey, $$"""{"reason":"{{new string('x', 100_000)}}"}""");

        var entries = await ReadAllAsync();
        Assert.Equal(JobLimits.MaxReasonLength, ((string)entries[0]!["reason"]!).Length);
        Assert.Equal(JobLimits.MaxJobClassLength, ((string)entries[1]!["class"]!).Length);
    }

    [Fact]
    public async Task Act_ThatTheGridRefuses_IsWrittenAsRefused()
    {
        await SendAsync($"POST /api/jobs/{JobId.New()}/retry", OperatorKey);
        await SendAsync("PATCH /api/classes/email", AdminKey, """{"maxLocalWorkers":99}""");
        Grid.FailWith(new GridUnavailableException("Away."));
        await SendAsync("POST /api/classes/email/pause", OperatorKey);
        Grid.FailWith(null);

        var entries = await ReadAllAsync();
        Assert.Equal(["Failed", "Refused", "Refused"], entries.Select(entry => (string?)entry!["outcome"]));
        Assert.Equal(["grid-unavailable", "invalid-options", "job-not-found"], entries.Select(entry => (string?)entry!["error"]));
    }

    [Fact]
    public async Task Reads_AreNotWritten()
    {
        await SendAsync("GET /api/classes", AdminKey);

        Assert.Empty(await ReadAllAsync());
    }

    [Fact]
    public async Task Act_ThatARoleForbids_IsWrittenAsRefused()
    {
        await SendAsync("POST /api/classes/email/pause", ViewerKey, null, $"{RemoteAddress}: 10.2.3.4");

        var entry = Assert.Single(await ReadAllAsync())!;
        Assert.Equal(("val", "viewer", "10.2.3.4"), ((string?)entry["who"], (string?)entry["role"], (string?)entry["from"]));
        Assert.Equal(("pause", "email"), ((string?)entry["verb"], (string?)entry["class"]));
        Assert.Equal(("Refused", "forbidden"), ((string?)entry["outcome"], (string?)entry["error"]));
    }

    /// <summary>By the name that the key bears, if that is the name of one: another may be anything.</summary>
    [Theory]
    [InlineData("val", "val")]
    [InlineData("nobody", "-")]
    public async Task Key_ThatIsWrong_IsWritten(string name, string who)
    {
        await SendAsync("GET /api/classes", ApiKey.New(name), null, $"{RemoteAddress}: 10.2.3.4");
        await SendAsync("POST /api/signin", null, $$"""{"key":"{{ApiKey.New(name)}}"}""", $"{RemoteAddress}: 10.2.3.5");

        var entries = await ReadAllAsync();
        Assert.Equal(["sign-in", "wrong-key"], entries.Select(entry => (string?)entry!["verb"]));
        Assert.Equal(["10.2.3.5", "10.2.3.4"], entries.Select(entry => (string?)entry!["from"]));
        Assert.All(entries, entry => Assert.Equal((who, "-", "Refused", "unauthenticated"),
            ((string?)entry!["who"], (string?)entry["role"], (string?)entry["outcome"], (string?)entry["error"])));
    }

    /// <summary>Whoever could write as much as they like would push out what matters.</summary>
    [Fact]
    public async Task SignInsAndRefusals_HoweverMany_LeaveTheOtherEntriesThere()
    {
        const int Many = 300;
        await SendAsync("POST /api/classes/email/pause", OperatorKey);
        for (var n = 0; n < Many; n++)
        {
            await SendAsync("POST /api/signin", null, $$"""{"key":"{{ViewerKey}}"}""");
            await SendAsync("POST /api/classes/email/resume", ViewerKey);
            await SendAsync("GET /api/classes", ApiKey.New("val"), null, $"{RemoteAddress}: 10.2.{n % 250}.{n}");
        }

        var entries = await ReadAllAsync();
        Assert.Equal("pause", (string?)entries[^1]!["verb"]);
        Assert.InRange(entries.Count, 2, 80);
    }

    [Fact]
    public async Task WhatWasLeftOut_IsToldByTheNextEntryOfItsKind()
    {
        for (var n = 0; n < 40; n++)
        {
            await SendAsync("POST /api/signin", null, $$"""{"key":"{{ViewerKey}}"}""");
        }

        var kept = (await ReadAllAsync()).Count;
        Time.Advance(TimeSpan.FromHours(1));
        await SendAsync("POST /api/signin", null, $$"""{"key":"{{ViewerKey}}"}""");

        var entries = await ReadAllAsync();
        Assert.Equal(kept + 1, entries.Count);
        Assert.Equal($"{40 - kept} more like this were left out before.", (string?)entries[0]!["reason"]);
    }

    [Fact]
    public async Task BulkAct_WithAHugeFilter_IsWrittenInBounds()
    {
        var answer = await SendAsync("POST /api/bulk", OperatorKey, $$$"""{"action":"cancel","filter":{"class":"{{{new string('x', 900_000)}}}","error":"{{{new string('y', 90_000)}}}"}}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var entry = Assert.Single(await ReadAllAsync())!;
        Assert.Equal(("bulk-cancel", "Refused"), ((string?)entry["verb"], (string?)entry["outcome"]));
        Assert.InRange(entry.ToJsonString().Length, 1, 1_000);
    }

    [Fact]
    public async Task SignIn_IsWritten()
    {
        await SendAsync("POST /api/signin", null, $$"""{"key":"{{ViewerKey}}"}""");

        Assert.Equal(("val", "sign-in"), ((string?)(await ReadAllAsync())[0]!["who"], (string?)(await ReadAllAsync())[0]!["verb"]));
    }

    [Theory]
    [InlineData("false", 0)]
    [InlineData("true", 2)]
    public async Task Submits_AreWrittenWhereThatIsWanted(string wanted, int expected)
    {
        var settings = KeySettings;
        settings["JobGrid:Access:AuditSubmits"] = wanted;
        await using var host = await StartAsync(settings);
        using var http = new HttpClient { BaseAddress = host.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", OperatorKey);

        await http.PostAsync("/api/jobs", Json("""{"class":"email","payload":1}"""));
        await http.PostAsync("/api/jobs/batch", Json("""[{"class":"email","payload":1},{"class":"email","payload":2}]"""));

        var entries = (await ReadAsync(await http.GetAsync("/api/audit")))["entries"]!.AsArray();
        Assert.Equal(expected, entries.Count);
        Assert.Equal(expected == 0 ? null : 2, (int?)entries.FirstOrDefault()?["jobs"]);
    }

    [Fact]
    public async Task Act_IsAnsweredThoughTheTrailFails()
    {
        _trail.Fails = true;

        Assert.Equal(HttpStatusCode.OK, (await SendAsync("POST /api/classes/email/pause", OperatorKey)).StatusCode);
    }

    [Fact]
    public async Task Pages_GoFromTheNewestToTheOldest()
    {
        for (var n = 0; n < 5; n++)
        {
            await SendAsync("POST /api/classes/email/pause", OperatorKey);
        }

        var first = await ReadAsync(await SendAsync("GET /api/audit?limit=2", OperatorKey));
        var second = await ReadAsync(await SendAsync($"GET /api/audit?limit=2&cursor={first["nextCursor"]}", OperatorKey));
        var third = await ReadAsync(await SendAsync($"GET /api/audit?limit=2&cursor={second["nextCursor"]}", OperatorKey));

        Assert.Equal([5, 4, 3, 2, 1], new[] { first, second, third }.SelectMany(page => page["entries"]!.AsArray()).Select(entry => (int)entry!["sequence"]!));
        Assert.Null(third["nextCursor"]);
    }

    [Fact]
    public async Task Page_OfAKind_HasItAlone()
    {
        await SendAsync("POST /api/classes/email/pause", OperatorKey);
        await SendAsync("POST /api/signin", null, $$"""{"key":"{{ViewerKey}}"}""");
        await SendAsync("POST /api/classes/email/resume", ViewerKey);
        await SendAsync("POST /api/classes/email/resume", OperatorKey);

        Assert.Equal(["resume", "pause"], await VerbsAsync("Change"));
        Assert.Equal(["sign-in"], await VerbsAsync("signin"));
        Assert.Equal(["resume"], await VerbsAsync("Refusal"));
        Assert.Empty(await VerbsAsync("Submit"));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("cursor=x")]
    [InlineData("cursor=-1")]
    [InlineData("who=ada")]
    [InlineData("kind=")]
    [InlineData("kind=0")]
    [InlineData("kind=change,refusal")]
    public async Task Page_ByABadQuery_IsRefused(string query) =>
        await ProblemAsync(await SendAsync($"GET /api/audit?{query}", OperatorKey), HttpStatusCode.BadRequest, "invalid-request");

    private async Task<IEnumerable<string?>> VerbsAsync(string kind)
    {
        var entries = (await ReadAsync(await SendAsync($"GET /api/audit?kind={kind}", OperatorKey)))["entries"]!.AsArray();
        Assert.All(entries, entry => Assert.Equal(kind, (string?)entry!["kind"], ignoreCase: true));
        return entries.Select(entry => (string?)entry!["verb"]);
    }

    private async Task<JsonArray> ReadAllAsync() => (await ReadAsync(await SendAsync("GET /api/audit", OperatorKey)))["entries"]!.AsArray();

    private sealed class SwitchableTrail : IAuditTrail
    {
        private readonly InMemoryAuditTrail _trail = new();

        public bool Fails { get; set; }

        public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default) =>
            Fails ? throw new InvalidOperationException("No room.") : _trail.AppendAsync(entry, cancellationToken);

        public Task<AuditPage> ReadAsync(string? cursor, int limit, AuditKind? kind = null, CancellationToken cancellationToken = default) =>
            _trail.ReadAsync(cursor, limit, kind, cancellationToken);
    }
}
