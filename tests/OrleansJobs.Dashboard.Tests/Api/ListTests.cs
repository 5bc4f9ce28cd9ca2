using System.Net;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Api;

public sealed class ListTests : ApiTest
{
    [Theory]
    [InlineData("", "dcba")]
    [InlineData("class=email", "cba")]
    [InlineData("state=Scheduled", "b")]
    [InlineData("state=queued", "dca")]
    [InlineData("tenant=acme", "c")]
    [InlineData("tenant=", "dba")]
    [InlineData("tag=red", "ca")]
    [InlineData("uniqueKey=k%201", "a")]
    [InlineData("from=2030-01-01T12:00:02Z", "dc")]
    [InlineData("before=2030-01-01T13:00:01%2B01:00", "a")]
    [InlineData("class=email&tag=red&tenant=", "a")]
    [InlineData("class=none", "")]
    public async Task List_WithFilters_GivesTheNewestFirst(string query, string expected)
    {
        await FillAsync();

        var page = await ReadAsync(await Http.GetAsync($"/api/jobs?{query}"));

        var ids = page["jobs"]!.AsArray().Select(job => (string)job!["id"]!);
        Assert.Equal(expected, string.Concat(ids.Select(id => (char)('a' + Grid.All().ToList().FindIndex(job => job.Id.ToString() == id)))));
        Assert.Null(page["nextCursor"]);
    }

    [Fact]
    public async Task List_ByPages_ShowsEachJobOnceWithoutPayload()
    {
        await FillAsync();

        var first = await ReadAsync(await Http.GetAsync("/api/jobs?limit=3"));
        var second = await ReadAsync(await Http.GetAsync($"/api/jobs?limit=3&cursor={first["nextCursor"]}"));

        var jobs = first["jobs"]!.AsArray().Concat(second["jobs"]!.AsArray()).ToList();
        Assert.Equal(4, jobs.Select(job => (string)job!["id"]!).Distinct().Count());
        Assert.Null(second["nextCursor"]);
        Assert.All(jobs, job => Assert.False(job!.AsObject().ContainsKey("payload")));
    }

    [Theory]
    [InlineData("state=sleeping", "expected one of Scheduled, Queued, Running")]
    [InlineData("state=1", "'state' is '1'")]
    [InlineData("state=", "'state' is ''")]
    [InlineData("limit=0", "'limit' is '0'; expected a whole number from 1 to 1000")]
    [InlineData("limit=1001", "'limit' is '1001'")]
    [InlineData("limit=ten", "'limit' is 'ten'")]
    [InlineData("from=yesterday", "'from' is 'yesterday'; expected an ISO 8601 time")]
    [InlineData("before=2030-01-01T00:00:00", "with its offset")]
    [InlineData("colour=red", "Unknown query key 'colour'; known are class, state")]
    [InlineData("class=a&class=b", "'class' is given 2 times")]
    [InlineData("cursor=junk", "cursor 'junk' is not valid")]
    public async Task List_WithABadQuery_SaysWhatIsWrong(string query, string expected)
    {
        var detail = await ProblemAsync(await Http.GetAsync($"/api/jobs?{query}"), HttpStatusCode.BadRequest, "invalid-request");

        Assert.Contains(expected, detail);
    }

    [Theory]
    [InlineData("wait=21", "'wait' is '21'; expected seconds from 0 to 20")]
    [InlineData("wait=-1", "'wait' is '-1'")]
    [InlineData("wait=NaN", "'wait' is 'NaN'")]
    [InlineData("wait=Infinity", "'wait' is 'Infinity'")]
    [InlineData("wait=-Infinity", "'wait' is '-Infinity'; expected seconds from 0 to 20")]
    [InlineData("version=-1", "'version' is '-1'")]
    [InlineData("limit=1", "Unknown query key 'limit'; known are wait, version")]
    public async Task Get_WithABadQuery_SaysWhatIsWrong(string query, string expected)
    {
        var id = await SubmitAsync();

        Assert.Contains(
            expected, await ProblemAsync(await Http.GetAsync($"/api/jobs/{id}?{query}"), HttpStatusCode.BadRequest, "invalid-request"));
    }

    [Theory]
    [InlineData("PUT", "/api/jobs", "GET, POST")]
    [InlineData("GET", "/api/jobs/batch", "POST")]
    [InlineData("DELETE", "/api/classes/email", "GET, PATCH")]
    [InlineData("POST", "/api/classes", "GET")]
    public async Task AnyPath_WithAnotherMethod_SaysWhichItHas(string method, string path, string allowed)
    {
        var answer = await Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Contains(allowed, await ProblemAsync(answer, HttpStatusCode.MethodNotAllowed, "method-not-allowed"));
        Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow));
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/api")]
    [InlineData("/api/jobs/1/2/3.txt")]
    public async Task AnUnknownPath_IsNotFound(string path) =>
        Assert.Contains(path, await ProblemAsync(await Http.GetAsync(path), HttpStatusCode.NotFound, "not-found"));

    /// <summary>Four jobs, a to d, a second apart.</summary>
    private async Task FillAsync()
    {
        SubmitOptions Next() => new() { Id = JobId.New(Grid.Now) };
        await SubmitAsync(options: Next() with { Tags = ["red"], UniqueKey = "k 1" });
        Grid.Now = Grid.Now.AddSeconds(1);
        await SubmitAsync(options: Next() with { Delay = TimeSpan.FromHours(1) });
        Grid.Now = Grid.Now.AddSeconds(1);
        await SubmitAsync(options: Next() with { Tenant = "acme", Tags = ["blue", "red"] });
        Grid.Now = Grid.Now.AddSeconds(1);
        await SubmitAsync(options: Next(), jobClass: "index");
    }
}
