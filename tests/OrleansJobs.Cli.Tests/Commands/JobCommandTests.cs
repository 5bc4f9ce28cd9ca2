using OrleansJobs.Cli.Tests.Support;

namespace OrleansJobs.Cli.Tests.Commands;

public sealed class JobCommandTests : CliTest
{
    [Fact]
    public async Task Status_ShowsTheJob()
    {
        var id = await SubmitAsync("""{"to":"a@b"}""", new SubmitOptions { Tenant = "acme" });
        Grid.Start(id);
        Grid.Report(id, 0.4, "halfway, nearly");

        var result = (await RunAsync("status", id.ToString())).Exits(0);

        Assert.Contains("Running", result.Out);
        Assert.Contains("acme", result.Out);
        Assert.Contains("1/10", result.Out);
        Assert.Contains("40 % halfway, nearly", result.Out);
        Assert.Contains("""{"to":"a@b"}""", result.Out);
    }

    [Fact]
    public async Task Status_SaysWhatHeldTheJobBack()
    {
        var id = await SubmitAsync("{}");
        Grid.Start(id, TimeSpan.FromSeconds(90.25), WaitReason.PoolFull);

        Assert.Contains("90.3 s, most of it for PoolFull", (await RunAsync("status", id.ToString())).Exits(0).Out);

        // The due time is the next attempt's now.
        Grid.Fail(id, new JobError("Boom", "no"), TimeSpan.FromHours(1));
        Assert.Contains("90.3 s, most of it for PoolFull", (await RunAsync("status", id.ToString())).Exits(0).Out);
    }

    [Fact]
    public async Task Status_OfAJobUnderWhichSilosWereLost_SaysHowMany_AndWhetherItRunsAlone()
    {
        var id = await SubmitAsync("{}");
        Assert.DoesNotContain("silos lost", (await RunAsync("status", id.ToString())).Exits(0).Out);

        Grid.LoseSilos(id, 3);
        Assert.Matches(@"silos lost +3\s", (await RunAsync("status", id.ToString())).Exits(0).Out);

        Grid.Start(id, TimeSpan.Zero, WaitReason.Alone);
        Assert.Contains("3, so it runs alone", (await RunAsync("status", id.ToString())).Exits(0).Out);
        Assert.Equal(3, (int?)(await RunAsync("status", id.ToString(), "--json")).Exits(0).Json["siloLosses"]);
    }

    [Fact]
    public async Task Status_AsJson_IsTheJob()
    {
        var id = await SubmitAsync("{\n \"a\": 1\n}");

        var job = (await RunAsync("status", id.ToString(), "--json")).Exits(0).Json;

        Assert.Equal(id.ToString(), (string?)job["id"]);
        Assert.Equal("Queued", (string?)job["state"]);
        Assert.Equal(1, (int?)job["payload"]!["a"]);
    }

    [Fact]
    public async Task Status_OfAnUnknownJob_IsRefused()
    {
        var id = JobId.New();

        Assert.Equal($"There is no job {id}.", (await RunAsync("status", id.ToString())).Exits(1).Error.Trim());
    }

    [Fact]
    public async Task Status_OfABadId_IsAUsageError() =>
        Assert.Contains("'42' is not a job id", (await RunAsync("status", "42")).Exits(2).Error);

    [Fact]
    public async Task Status_OfTextThatSteersTerminals_PrintsItHarmless()
    {
        var id = await SubmitAsync();
        Grid.Die(id, "\u001b[2Jboo\r\nnext");

        var result = (await RunAsync("status", id.ToString())).Exits(0);

        Assert.DoesNotContain('\u001b', result.Out);
        Assert.Contains("boo  next", result.Out);
    }

    /// <summary>JSON lets all but C0 stand in a text as it is: CSI as one character, what turns the direction of a line, line separators.</summary>
    [Theory]
    [InlineData("status", "{id}", "--json")]
    [InlineData("list", "--json")]
    [InlineData("results", "email", "--json")]
    [InlineData("status", "{id}")]
    [InlineData("list")]
    [InlineData("results", "email")]
    public async Task Print_OfTextThatSteersTerminals_IsHarmless(params string[] args)
    {
        const string Steering = "a\u009b2Jb\u0085c\u007fd\u202ee\u2066f\u2028g";
        var id = await SubmitAsync($"{{\n\"x\": \"{Steering}\"}}", new SubmitOptions { Tenant = Steering, Tags = [Steering] });
        Grid.Die(id, Steering);

        var result = (await RunAsync([.. args.Select(arg => arg.Replace("{id}", id.ToString()))])).Exits(0);

        Assert.DoesNotContain(result.Out, character => Steering.Contains(character) && !char.IsAsciiLetterOrDigit(character));
        Assert.True(args[^1] != "--json" || result.Json.ToString().Length > 0);
    }

    [Fact]
    public async Task Json_OfTextThatSteersTerminals_MeansTheSame()
    {
        var id = await SubmitAsync("\"\u009b\u202e\"");

        Assert.Equal("\u009b\u202e", (string?)(await RunAsync("status", id.ToString(), "--json")).Exits(0).Json["payload"]);
    }

    [Fact]
    public async Task Watch_PrintsEachChangeUntilTheEnd()
    {
        var id = await SubmitAsync();
        var running = RunAsync("watch", id.ToString());
        await Grid.Waiting.WaitAsync();
        Grid.Start(id);
        await Grid.Waiting.WaitAsync();
        Grid.Succeed(id);

        var result = (await running).Exits(0);
        Assert.Equal(3, result.Lines.Length);
        Assert.Contains("Queued", result.Lines[0]);
        Assert.Contains("Running  attempt 1/10  on silo-1", result.Lines[1]);
        Assert.Contains("Succeeded", result.Lines[2]);
    }

    [Fact]
    public async Task Watch_AsJson_PrintsAJobALine()
    {
        var id = await SubmitAsync("{\n}");
        Grid.Die(id, "boom");

        var lines = (await RunAsync("watch", id.ToString(), "--json")).Exits(1).JsonLines;

        Assert.Equal("DeadLettered", (string?)Assert.Single(lines)["state"]);
    }

    [Fact]
    public async Task Watch_Interrupted_ExitsWith130()
    {
        var id = await SubmitAsync();
        using var stop = new CancellationTokenSource();
        var running = RunAsync(Io(), ["watch", id.ToString()], stop.Token);
        await Grid.Waiting.WaitAsync();

        await stop.CancelAsync();

        Assert.Equal("", (await running).Exits(130).Error);
    }

    [Fact]
    public async Task List_PrintsPlainColumns()
    {
        var first = await SubmitAsync(options: new SubmitOptions { Id = JobId.New(Grid.Now), Tenant = "acme" });
        var second = await SubmitAsync(options: new SubmitOptions { Id = JobId.New(Grid.Now.AddSeconds(1)) });

        var result = (await RunAsync("list")).Exits(0);

        Assert.StartsWith("ID ", result.Lines[0]);
        Assert.StartsWith($"{second}  email  Queued", result.Lines[1]);
        Assert.StartsWith($"{first}  email  Queued  acme", result.Lines[2]);
        Assert.DoesNotContain('\u001b', result.Out);
    }

    [Fact]
    public async Task List_WithFilters_NarrowsByAllOfThem()
    {
        var wanted = await SubmitAsync(options: new SubmitOptions { Tenant = "a&b=c", Tags = ["x y"], UniqueKey = "k+1" });
        await SubmitAsync(options: new SubmitOptions { Tenant = "a&b=c" });

        var page = (await RunAsync(
            "list", "--class", "email", "--state", "queued", "--tenant", "a&b=c", "--tag", "x y", "--unique", "k+1",
            "--from", "2030-01-01T12:00:00+00:00", "--before", "2030-01-01T14:00:00+01:00", "--json")).Exits(0).Json;

        Assert.Equal(wanted.ToString(), (string?)Assert.Single(page["jobs"]!.AsArray())!["id"]);
    }

    [Fact]
    public async Task List_OfMoreThanAPage_ReadsOnUpToTheLimit()
    {
        for (var n = 0; n < 1_205; n++)
        {
            await SubmitAsync();
        }

        var page = (await RunAsync("list", "--limit", "1200", "--json")).Exits(0).Json;
        var rest = (await RunAsync("list", "--cursor", (string)page["nextCursor"]!, "--json")).Exits(0).Json;

        Assert.Equal(1_200, page["jobs"]!.AsArray().Select(job => (string)job!["id"]!).Distinct().Count());
        Assert.Equal(5, rest["jobs"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("--limit is 0", "--limit", "0")]
    [InlineData("--state is 'sleeping'; expected one of Scheduled, Queued", "--state", "sleeping")]
    [InlineData("--from is 'x'", "--from", "x")]
    public async Task List_WithABadOption_IsAUsageError(string expected, params string[] args) =>
        Assert.Contains(expected, (await RunAsync(["list", .. args])).Exits(2).Error);

    [Fact]
    public async Task Cancel_OfSeveral_GoesOnAfterARefusal()
    {
        var (done, waiting) = (await SubmitAsync(), await SubmitAsync());
        Grid.Succeed(done);

        var result = (await RunAsync("cancel", done.ToString(), waiting.ToString(), "--reason", "why not")).Exits(1);

        Assert.Equal($"{waiting} Cancelled", Assert.Single(result.Lines));
        Assert.Contains($"Job {done} cannot be cancelled", result.Error);
        Assert.Equal("why not", Grid.All().Single(job => job.Id == waiting).LastError!.Message);
    }

    [Fact]
    public async Task Cancel_OfARunningJob_SaysThatItIsAskedToStop()
    {
        var id = await SubmitAsync();
        Grid.Start(id);

        Assert.Equal($"{id} Running, asked to stop", Assert.Single((await RunAsync("cancel", id.ToString())).Exits(0).Lines));
    }

    [Fact]
    public async Task Delete_OfSeveral_GoesOnAfterARefusal()
    {
        var (open, ended, unknown) = (await SubmitAsync(), await SubmitAsync(), JobId.New());
        Grid.Die(ended, "boom");

        var result = (await RunAsync("delete", open.ToString(), unknown.ToString(), ended.ToString())).Exits(1);

        Assert.Equal($"{ended} deleted", Assert.Single(result.Lines));
        Assert.Contains($"Job {open} cannot be deleted: it is Queued; cancel it first", result.Error);
        Assert.Contains($"There is no job {unknown}.", result.Error);
        Assert.Equal([open], Grid.All().Select(job => job.Id));
    }

    [Fact]
    public async Task Delete_AsJson_PrintsTheJobAsItWas()
    {
        var id = await SubmitAsync();
        Grid.Die(id, "boom");

        Assert.Equal("DeadLettered", (string?)(await RunAsync("delete", id.ToString(), "--json")).Exits(0).Json["state"]);
    }

    [Fact]
    public async Task Retry_AsJson_PrintsTheJob()
    {
        var id = await SubmitAsync();
        Grid.Die(id, "boom");

        Assert.Equal("Queued", (string?)(await RunAsync("retry", id.ToString(), "--json")).Exits(0).Json["state"]);
    }

    [Fact]
    public async Task DeadLetter_WithoutAReason_SaysThatItWasByHand()
    {
        var id = await SubmitAsync();

        (await RunAsync("dead-letter", id.ToString())).Exits(0);

        Assert.Equal("Sent to the dead letters by hand.", Assert.Single(Grid.All()).LastError!.Message);
    }

    [Fact]
    public async Task Why_ExplainsTheWait()
    {
        var id = await SubmitAsync(options: new SubmitOptions { Delay = TimeSpan.FromHours(1) });

        var line = Assert.Single((await RunAsync("why", id.ToString())).Exits(0).Lines);
        Assert.StartsWith("NotDue: It is due at", line);
        Assert.EndsWith("(until 2030-01-01 13:00:00Z)", line);
        Assert.Equal("NotDue", (string?)(await RunAsync("why", id.ToString(), "--json")).Json["reason"]);
    }
}
