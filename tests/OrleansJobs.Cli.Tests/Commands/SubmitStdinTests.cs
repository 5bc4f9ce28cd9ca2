using System.IO.Pipelines;
using System.Text;
using OrleansJobs.Cli.Tests.Support;

namespace OrleansJobs.Cli.Tests.Commands;

public sealed class SubmitStdinTests : CliTest
{
    private string[] Payloads => [.. Grid.All().Select(job => Encoding.UTF8.GetString(job.Payload.Span)).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task Stdin_TakesPayloadsAndJobsWithOptions()
    {
        const string Input = """
            {"to":"a"}
            {"payload":{"to":"b"},"tenant":"acme","priority":9}

            {"payload":null,"class":"index"}
            "text"
            """;

        var result = (await RunWithInputAsync(Input, "submit", "email", "--stdin", "--tenant", "shared", "--tag", "t")).Exits(0);

        Assert.Equal("4 jobs: 4 accepted.", Assert.Single(result.Lines));
        Assert.Equal(["\"text\"", "null", "{\"to\":\"a\"}", "{\"to\":\"b\"}"], Payloads);
        var b = Grid.All().Single(job => job.Tenant == "acme");
        Assert.Equal((9, "t"), (b.Priority, Assert.Single(b.Tags)));
        Assert.Equal("index", Assert.Single(Grid.All(), job => job.Payload.Span.SequenceEqual("null"u8)).JobClass);
        Assert.Equal(3, Grid.All().Count(job => job.Tenant == "shared"));
    }

    [Fact]
    public async Task Stdin_WithBadLines_NamesThemAndSubmitsTheOthers()
    {
        const string Input = "1\n{oops\n{\"payload\":2,\"prio\":1}\n{\"payload\":3,\"priority\":77}\n4";

        var result = (await RunWithInputAsync(Input, "submit", "email", "--stdin")).Exits(1);

        Assert.Equal(["1", "4"], Payloads);
        Assert.Equal("5 jobs: 2 accepted, 3 refused.", Assert.Single(result.Lines));
        Assert.Contains("line 2: This is not valid JSON", result.Error);
        Assert.Contains("line 3: Unknown property 'prio'", result.Error);
        Assert.Contains("line 4: Priority is 77", result.Error);
    }

    [Fact]
    public async Task Stdin_AsJson_PrintsALineForEachJobWithItsLineNumber()
    {
        var result = (await RunWithInputAsync("1\n\nnope\n2\n", "submit", "email", "--stdin", "--json")).Exits(1);

        var lines = result.JsonLines.ToDictionary(line => (int)line["line"]!);
        Assert.Equal([1, 3, 4], lines.Keys.Order());
        Assert.Equal("Accepted", (string?)lines[4]["status"]);
        Assert.Equal("Refused", (string?)lines[3]["status"]);
        Assert.Equal("invalid-request", (string?)lines[3]["error"]!["code"]);
        Assert.Contains("3 jobs: 2 accepted, 1 refused.", result.Error);
    }

    [Fact]
    public async Task Stdin_AsJsonWithWait_PrintsEachJobAsItEnded()
    {
        RunJobsAtOnce();

        var result = (await RunWithInputAsync("1\n\"fail\"\nnope\n", "submit", "email", "--stdin", "--json", "--wait")).Exits(1);

        var lines = result.JsonLines.ToDictionary(line => (int)line["line"]!);
        Assert.Equal("Succeeded", (string?)lines[1]["job"]!["state"]);
        Assert.Equal("DeadLettered", (string?)lines[2]["job"]!["state"]);
        Assert.Null(lines[3]["job"]);
        Assert.Contains("it was told to fail", result.Error);
        Assert.Contains("2 ended: 1 succeeded, 1 dead-lettered, 0 cancelled", result.Error);
    }

    [Fact]
    public async Task Stdin_WithALineThatIsTooLong_PassesOverIt()
    {
        var input = $"1\n\"{new string('x', 3_000_000)}\"\n2\n";

        var result = (await RunWithInputAsync(input, "submit", "email", "--stdin")).Exits(1);

        Assert.Equal(["1", "2"], Payloads);
        Assert.Contains("line 2: The line has more than", result.Error);
    }

    [Fact]
    public async Task Stdin_ThatIsEmpty_SubmitsNothing()
    {
        var result = (await RunWithInputAsync("", "submit", "email", "--stdin")).Exits(0);

        Assert.Equal("0 jobs: nothing to submit.", Assert.Single(result.Lines));
    }

    [Fact]
    public async Task Stdin_ThatPauses_SendsWhatHasCome()
    {
        var pipe = new Pipe();
        var submitted = new SemaphoreSlim(0);
        Grid.OnAccepted = _ => submitted.Release();
        var running = RunAsync(Io() with { In = pipe.Reader.AsStream() }, ["submit", "email", "--stdin"]);

        await pipe.Writer.WriteAsync("1\n2\n"u8.ToArray());
        Assert.True(await submitted.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.True(await submitted.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.False(running.IsCompleted);
        await pipe.Writer.WriteAsync("3"u8.ToArray());
        await pipe.Writer.CompleteAsync();

        (await running).Exits(0);
        Assert.Equal(["1", "2", "3"], Payloads);
    }

    [Fact]
    public async Task Stdin_Interrupted_SaysWhatWasSubmittedAndExitsWith130()
    {
        var pipe = new Pipe();
        var submitted = new SemaphoreSlim(0);
        Grid.OnAccepted = _ => submitted.Release();
        using var stop = new CancellationTokenSource();
        var running = RunAsync(Io() with { In = pipe.Reader.AsStream() }, ["submit", "email", "--stdin"], stop.Token);
        await pipe.Writer.WriteAsync("1\n"u8.ToArray());
        Assert.True(await submitted.WaitAsync(TimeSpan.FromSeconds(30)));

        await stop.CancelAsync();

        var result = (await running).Exits(130);
        Assert.Single(Grid.All());
        Assert.DoesNotContain("Exception", result.Error);
    }
}
