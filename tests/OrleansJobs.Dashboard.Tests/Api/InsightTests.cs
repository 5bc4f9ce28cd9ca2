using System.Net;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Api;

public sealed class InsightTests : ApiTest
{
    [Fact]
    public async Task Overview_ShowsEachClassWithItsHistoryAndVerdict()
    {
        await SubmitAsync();

        var overview = await ReadAsync(await Http.GetAsync("/api/overview"));

        Assert.True(DateTimeOffset.TryParse((string?)overview["at"], out _));
        Assert.Equal(["email", "index"], overview["classes"]!.AsArray().Select(one => (string)one!["status"]!["class"]!));
        var email = overview["classes"]![0]!;
        Assert.Equal(1, (int?)email["status"]!["counts"]!["queued"]);
        Assert.Equal("00:00:05", (string?)email["history"]!["period"]);
        Assert.Equal(3, (int?)email["history"]!["points"]![0]!["arrived"]);
        var verdict = email["history"]!["verdict"]!;
        Assert.Equal(("PoolLimited", "00:01:30"), ((string?)verdict["kind"], (string?)verdict["drainTime"]));
        Assert.Equal("4 of 4 slots are taken.", (string?)verdict["evidence"]![0]);
    }

    [Fact]
    public async Task ClassOverview_ShowsOne() =>
        Assert.Equal("index", (string?)(await ReadAsync(await Http.GetAsync("/api/classes/index/overview")))["history"]!["class"]);

    [Fact]
    public async Task Tenants_ShowTheirUse()
    {
        Grid.Tenants.Add(new TenantUse { Tenant = "acme", Weight = 3, Waiting = 5, Running = 2, Started = 70, Spilled = true });

        var tenant = (await ReadAsync(await Http.GetAsync("/api/classes/email/tenants")))[0]!;

        Assert.Equal(("acme", 3, 5, 2, 70), ((string?)tenant["tenant"], (int)tenant["weight"]!, (int)tenant["waiting"]!, (int)tenant["running"]!, (int)tenant["started"]!));
        Assert.True((bool?)tenant["spilled"]);
    }

    [Fact]
    public async Task Errors_ShowTheirGroups()
    {
        var job = await SubmitAsync();
        Grid.Errors.Add(new ErrorGroup { Type = "System.TimeoutException", Message = "<b>late</b>", Count = 4, LastJob = job });

        var group = (await ReadAsync(await Http.GetAsync("/api/classes/email/errors")))[0]!;

        Assert.Equal(("<b>late</b>", 4, job.ToString()), ((string?)group["message"], (int)group["count"]!, (string?)group["lastJob"]));
    }

    [Fact]
    public async Task Silos_ShowWhatTheyRun()
    {
        var silo = (await ReadAsync(await Http.GetAsync("/api/silos")))[0]!;

        Assert.Equal(("silo-1", "1.2.3", false), ((string?)silo["silo"], (string?)silo["version"], (bool)silo["draining"]!));
        Assert.Equal(16, (int?)silo["pools"]![0]!["ceiling"]);
        Assert.Equal(2, (int?)silo["running"]![0]!["attempt"]);
    }

    [Theory]
    [InlineData("silo-1")]
    [InlineData("127.0.0.1:11111@7")]
    public async Task Drain_DrainsTheSiloAndIsAudited(string name)
    {
        var answer = await Http.PostAsync($"/api/silos/{Uri.EscapeDataString(name)}/drain", null);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var silos = (await ReadAsync(await Http.GetAsync("/api/silos"))).AsArray();
        Assert.Equal([name], silos.Where(silo => (bool)silo!["draining"]!).Select(silo => (string)silo!["silo"]!));
        var entry = (await ReadAsync(await Http.GetAsync("/api/audit")))["entries"]![0]!;
        Assert.Equal("drain", (string?)entry["verb"]);
        Assert.Equal(name, (string?)entry["silo"]);
    }

    [Fact]
    public async Task Drain_OfASiloThatIsNotUp_IsRefused() => Assert.Contains(
        "No silo 'nope' is up.",
        await ProblemAsync(await Http.PostAsync("/api/silos/nope/drain", null), HttpStatusCode.BadRequest, "invalid-request"));

    [Fact]
    public async Task Grains_ShowTheirActivations()
    {
        Grid.Grains.Add(new GrainActivity("JobGrain", "silo-1", 7));

        var kind = (await ReadAsync(await Http.GetAsync("/api/grains")))[0]!;

        Assert.Equal(("JobGrain", "silo-1", 7), ((string?)kind["grainType"], (string?)kind["silo"], (int)kind["activations"]!));
    }

    [Theory]
    [InlineData("overview")]
    [InlineData("tenants")]
    [InlineData("errors")]
    public async Task AnyCall_OnAnUnknownClass_IsNotFound(string call) => Assert.Contains(
        "'nope'", await ProblemAsync(await Http.GetAsync($"/api/classes/nope/{call}"), HttpStatusCode.NotFound, "unknown-job-class"));

    [Theory]
    [InlineData("overview")]
    [InlineData("silos")]
    [InlineData("grains")]
    public async Task AnyCall_WithAQuery_IsRefused(string call) => Assert.Contains(
        "Unknown query key 'x'", await ProblemAsync(await Http.GetAsync($"/api/{call}?x=1"), HttpStatusCode.BadRequest, "invalid-request"));
}
