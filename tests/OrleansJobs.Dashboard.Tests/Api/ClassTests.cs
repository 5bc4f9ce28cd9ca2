using System.Net;
using System.Text.Json.Nodes;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Api;

public sealed class ClassTests : ApiTest
{
    [Fact]
    public async Task Classes_ShowLimitsCountsAndPools()
    {
        await SubmitAsync();
        Grid.Succeed(await SubmitAsync());

        var classes = (await ReadAsync(await Http.GetAsync("/api/classes"))).AsArray();

        Assert.Equal(["email", "index"], classes.Select(one => (string)one!["class"]!));
        var email = classes[0]!;
        Assert.Equal(4, (int?)email["settings"]!["maxLocalWorkers"]);
        Assert.Equal(0, (int?)email["settings"]!["rate"]!["permits"]);
        Assert.Equal((1, 1), ((int?)email["counts"]!["queued"], (int?)email["counts"]!["succeeded"]));
        Assert.Equal("silo-1", (string?)email["pools"]![0]!["silo"]);
    }

    [Fact]
    public async Task Class_ShowsOne() =>
        Assert.Equal("index", (string?)(await ReadAsync(await Http.GetAsync("/api/classes/index")))["class"]);

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PATCH", "")]
    [InlineData("POST", "/pause")]
    [InlineData("POST", "/resume")]
    [InlineData("GET", "/results")]
    public async Task AnyCall_OnAnUnknownClass_IsNotFound(string method, string call)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/classes/nope{call}")
        {
            Content = method == "PATCH" ? Json("{}") : null,
        };

        Assert.Contains("'nope'", await ProblemAsync(await Http.SendAsync(request), HttpStatusCode.NotFound, "unknown-job-class"));
    }

    [Fact]
    public async Task Change_SetsWhatItNamesAndKeepsTheRest()
    {
        await ChangeAsync("""{"maxConcurrentJobs":6,"rate":{"permits":50},"tenantWeights":{"acme":3}}""");

        var settings = await ReadAsync(await ChangeAsync("""{"maxLocalWorkers":8,"rate":{"permits":60,"period":"00:01:00","burst":2}}"""));

        Assert.Equal(8, (int?)settings["maxLocalWorkers"]);
        Assert.Equal(6, (int?)settings["maxConcurrentJobs"]);
        Assert.Equal(3, (int?)settings["tenantWeights"]!["acme"]);
        Assert.Equal(2, (int?)settings["revision"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"permits":60,"period":"00:01:00","burst":2}"""), settings["rate"]));
    }

    [Fact]
    public async Task Change_OfTheRateAlone_FillsInPeriodAndBurst()
    {
        await ChangeAsync("""{"rate":{"permits":50}}""");

        Assert.Equal(Rate.PerSecond(50), (await Grid.GetClassAsync("email")).Settings.Rate);

        await ChangeAsync("""{"rate":{"permits":0}}""");

        Assert.Equal(Rate.Unlimited, (await Grid.GetClassAsync("email")).Settings.Rate);
    }

    [Fact]
    public async Task Change_OutOfRange_TellsEveryFaultAndChangesNothing()
    {
        var answer = await ChangeAsync("""{"maxLocalWorkers":99,"maxConcurrentJobs":-1,"tenantWeights":{"acme":0}}""");

        await ProblemAsync(answer, HttpStatusCode.BadRequest, "invalid-options");
        var faults = (await ReadAsync(answer, HttpStatusCode.BadRequest))["faults"]!.AsArray().Select(fault => (string)fault!).ToList();
        Assert.Equal(3, faults.Count);
        Assert.Contains("MaxLocalWorkers is 99; expected 0 to 16.", faults);
        Assert.Equal(0, (await Grid.GetClassAsync("email")).Settings.Revision);
    }

    [Theory]
    [InlineData("""{"workers":1}""", "Unknown property 'workers'")]
    [InlineData("""{"rate":5}""", "'rate' is 5; expected a rate, such as 100/s")]
    [InlineData("""{"rate":{}}""", "'rate' is {}; expected a rate, such as 100/s")]
    [InlineData("""{"rate":{"permits":1,"per":"s"}}""", "'rate' is {\"permits\":1,\"per\":\"s\"}")]
    [InlineData("""{"tenantWeights":{"acme":"x"}}""", "expected an object of whole numbers")]
    [InlineData("""{"paused":"yes"}""", "expected true or false")]
    public async Task Change_ByABadBody_SaysWhatIsWrong(string body, string expected) =>
        Assert.Contains(expected, await ProblemAsync(await ChangeAsync(body), HttpStatusCode.BadRequest, "invalid-request"));

    [Fact]
    public async Task PauseAndResume_SetThePause()
    {
        Assert.True((bool?)(await ReadAsync(await Http.PostAsync("/api/classes/email/pause", null)))["paused"]);
        Assert.True((await Grid.GetClassAsync("email")).Settings.Paused);

        Assert.False((bool?)(await ReadAsync(await Http.PostAsync("/api/classes/email/resume", null)))["paused"]);
        Assert.False((await Grid.GetClassAsync("email")).Settings.Paused);
    }

    [Fact]
    public async Task Results_ComeInOrderAndSayWhereToReadOn()
    {
        for (var n = 1; n <= 3; n++)
        {
            Grid.Succeed(await SubmitAsync(n.ToString()), (10 * n).ToString());
        }

        var first = await ReadAsync(await Http.GetAsync("/api/classes/email/results?limit=2"));
        var second = await ReadAsync(await Http.GetAsync($"/api/classes/email/results?limit=2&after={first["after"]}"));
        var third = await ReadAsync(await Http.GetAsync($"/api/classes/email/results?after={second["after"]}"));

        Assert.Equal([10, 20], first["results"]!.AsArray().Select(entry => (int)entry!["job"]!["result"]!));
        Assert.Equal([30], second["results"]!.AsArray().Select(entry => (int)entry!["job"]!["result"]!));
        Assert.Empty(third["results"]!.AsArray());
        Assert.Equal(3, (int?)third["after"]);
    }

    [Fact]
    public async Task Results_WithAWait_AnswerWhenAJobEnds()
    {
        var id = await SubmitAsync();
        var waiting = Http.GetAsync("/api/classes/email/results?wait=20");
        await Grid.Waiting.WaitAsync();

        Grid.Succeed(id, "1");

        Assert.Equal(id.ToString(), (string?)(await ReadAsync(await waiting))["results"]![0]!["job"]!["id"]);
    }

    [Theory]
    [InlineData("after=-1", "'after' is '-1'")]
    [InlineData("limit=5000", "'limit' is '5000'")]
    [InlineData("wait=60", "'wait' is '60'")]
    [InlineData("follow=true", "Unknown query key 'follow'")]
    public async Task Results_WithABadQuery_SayWhatIsWrong(string query, string expected) =>
        Assert.Contains(
            expected,
            await ProblemAsync(await Http.GetAsync($"/api/classes/email/results?{query}"), HttpStatusCode.BadRequest, "invalid-request"));

    private Task<HttpResponseMessage> ChangeAsync(string body) => Http.PatchAsync("/api/classes/email", Json(body));
}
