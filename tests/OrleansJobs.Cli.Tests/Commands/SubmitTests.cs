using System.Text;
using OrleansJobs.Cli.Tests.Support;

namespace OrleansJobs.Cli.Tests.Commands;

public sealed class SubmitTests : CliTest
{
    [Fact]
    public async Task Submit_OfAPayload_PrintsTheIdFirst()
    {
        var result = (await RunAsync("submit", "email", """{"to":"a@b"}""")).Exits(0);

        var job = Assert.Single(Grid.All());
        Assert.Equal($"{job.Id} accepted", Assert.Single(result.Lines));
        Assert.Equal("""{"to":"a@b"}""", Encoding.UTF8.GetString(job.Payload.Span));
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task Submit_WithoutAPayload_SendsNull()
    {
        (await RunAsync("submit", "email")).Exits(0);

        Assert.Equal("null", Encoding.UTF8.GetString(Assert.Single(Grid.All()).Payload.Span));
    }

    [Fact]
    public async Task Submit_WithEveryOption_HandsAllOfThemToTheGrid()
    {
        var id = JobId.New();
        (await RunAsync(
            "submit", "email", "1", "--id", id.ToString(), "--tenant", "acme", "--priority", "7", "--delay", "1m30s", "--unique", "k",
            "--max-attempts", "3", "--timeout", "2h", "--cost", "4", "--tag", "a", "--tag", "b")).Exits(0);

        var job = Assert.Single(Grid.All());
        Assert.Equal((id, "acme", 7, "k", 3, 4), (job.Id, job.Tenant, job.Priority, job.UniqueKey, job.MaxAttempts, job.Cost));
        Assert.Equal((TimeSpan.FromHours(2), Grid.Now.AddSeconds(90)), (job.Timeout!.Value, job.DueAt));
        Assert.Equal(["a", "b"], job.Tags);
    }

    [Fact]
    public async Task Submit_WithADueTime_KeepsIt()
    {
        (await RunAsync("submit", "email", "1", "--due", "2031-01-01T00:00:00Z")).Exits(0);

        Assert.Equal(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero), Assert.Single(Grid.All()).DueAt);
    }

    [Fact]
    public async Task Submit_AsJson_PrintsOneDocument()
    {
        var json = (await RunAsync("submit", "email", "1", "--json")).Exits(0).Json;

        Assert.Equal("Accepted", (string?)json["status"]);
        Assert.Equal(Assert.Single(Grid.All()).Id.ToString(), (string?)json["id"]);
    }

    [Fact]
    public async Task Submit_OfAFile_SendsItsBytes()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "{\n  \"n\": 1\n}");
            (await RunAsync("submit", "email", "--file", file)).Exits(0);
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Equal("{\n  \"n\": 1\n}", Encoding.UTF8.GetString(Assert.Single(Grid.All()).Payload.Span));
    }

    [Fact]
    public async Task Submit_WithATakenUniqueKey_NamesTheHolder()
    {
        var holder = await SubmitAsync(options: new SubmitOptions { UniqueKey = "k" });

        Assert.Equal($"{holder} has the unique key already", Assert.Single((await RunAsync("submit", "email", "1", "--unique", "k")).Exits(0).Lines));
    }

    [Fact]
    public async Task Submit_Counted_SubmitsSoManyAndSumsUp()
    {
        var result = (await RunAsync("submit", "email", "1", "--count", "25")).Exits(0);

        Assert.Equal("25 jobs: 25 accepted.", Assert.Single(result.Lines));
        Assert.Equal(25, Grid.All().Count);
    }

    [Fact]
    public async Task Submit_OfMoreThanABatch_SendsSeveral()
    {
        (await RunAsync("submit", "email", "1", "--count", "20001")).Exits(0);

        Assert.Equal([10_000, 10_000, 1], Grid.BatchSizes);
    }

    [Fact]
    public async Task Submit_OfLargePayloads_SendsBatchesThatTheServerTakes()
    {
        var line = $"\"{new string('x', 1_000_000)}\"\n";

        (await RunWithInputAsync(string.Concat(Enumerable.Repeat(line, 40)), "submit", "email", "--stdin")).Exits(0);

        Assert.Equal(40, Grid.BatchSizes.Sum());
        Assert.True(Grid.BatchSizes.Count > 1);
    }

    [Fact]
    public async Task Submit_WithWait_ShowsTheEndedJob()
    {
        RunJobsAtOnce();

        var result = (await RunAsync("submit", "email", "1", "--wait")).Exits(0);

        Assert.Contains(result.Lines, line => line.StartsWith("state", StringComparison.Ordinal) && line.EndsWith("Succeeded", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("result", StringComparison.Ordinal) && line.EndsWith("{\"ok\":true}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Submit_WithWait_WaitsForTheEnd()
    {
        var running = RunAsync("submit", "email", "1", "--wait", "--json");
        await Grid.Waiting.WaitAsync();
        var id = Assert.Single(Grid.All()).Id;
        Grid.Start(id);
        await Grid.Waiting.WaitAsync();
        Assert.False(running.IsCompleted);

        Grid.Succeed(id, "42");

        var json = (await running).Exits(0).Json;
        Assert.Equal("Succeeded", (string?)json["job"]!["state"]);
        Assert.Equal(42, (int?)json["job"]!["result"]);
    }

    [Fact]
    public async Task Submit_WithWait_OfAJobThatFails_ExitsWithOne()
    {
        RunJobsAtOnce();

        var result = (await RunAsync("submit", "email", "\"fail\"", "--wait")).Exits(1);

        Assert.Contains("it was told to fail", result.Out);
    }

    [Fact]
    public async Task Submit_CountedWithWait_SumsUpTheEnds()
    {
        RunJobsAtOnce();

        var result = (await RunAsync("submit", "email", "1", "--count", "100", "--wait")).Exits(0);

        Assert.Equal("100 jobs: 100 accepted.", result.Lines[0]);
        Assert.StartsWith("100 ended: 100 succeeded, 0 dead-lettered, 0 cancelled, in ", result.Lines[1]);
    }

    [Fact]
    public async Task Submit_WithWait_WhileTheGridIsAwayForAMoment_GoesOn()
    {
        var running = RunAsync("submit", "email", "1", "--wait", "--json");
        await Grid.Waiting.WaitAsync();
        var id = Assert.Single(Grid.All()).Id;

        Grid.FailWith(new GridUnavailableException("Restarting."));
        await Grid.Refused.WaitAsync();
        Grid.FailWith(null);
        Grid.Succeed(id, "1");

        Assert.Equal("Succeeded", (string?)(await running).Exits(0).Json["job"]!["state"]);
    }

    [Fact]
    public async Task Submit_ToAnUnknownClass_IsRefused()
    {
        var result = (await RunAsync("submit", "nope", "1")).Exits(1);

        Assert.Equal("There is no job class 'nope'.", result.Error.Trim());
        Assert.Equal("", result.Out);
    }

    [Fact]
    public async Task Submit_RefusedAsJson_TellsTheProblemAsJsonOnStderr()
    {
        var result = (await RunAsync("submit", "nope", "1", "--json")).Exits(1);

        Assert.Equal("", result.Out);
        Assert.Equal("unknown-job-class", (string?)System.Text.Json.Nodes.JsonNode.Parse(result.Error)!["code"]);
    }

    [Theory]
    [InlineData("Give one of PAYLOAD, --file and --stdin", "1", "--stdin")]
    [InlineData("--count is 0", "1", "--count", "0")]
    [InlineData("--count and --stdin", "--stdin", "--count", "2")]
    [InlineData("they do not go with --count", "1", "--count", "2", "--unique", "k")]
    [InlineData("give them in the lines", "--stdin", "--unique", "k")]
    [InlineData("--delay and --due", "1", "--delay", "1s", "--due", "2031-01-01T00:00:00Z")]
    [InlineData("The payload: This is not valid JSON", "{oops")]
    [InlineData("Cannot read /nowhere/at/all", "--file", "/nowhere/at/all")]
    [InlineData("--delay is 'soon'; expected a duration", "1", "--delay", "soon")]
    [InlineData("--due is 'tomorrow'; expected an ISO 8601 time", "1", "--due", "tomorrow")]
    [InlineData("--id is '42'; expected a job id", "1", "--id", "42")]
    [InlineData("--priority", "1", "--priority", "high")]
    [InlineData("--colour", "1", "--colour", "red")]
    public async Task Submit_ThatMakesNoSense_SaysWhyAndSubmitsNothing(string expected, params string[] args)
    {
        var result = (await RunAsync(["submit", "email", .. args])).Exits(2);

        Assert.Contains(expected, result.Error);
        Assert.Equal("", result.Out);
        Assert.Empty(Grid.All());
    }
}
