using OrleansJobs.Cli.Tests.Support;

namespace OrleansJobs.Cli.Tests.Commands;

public sealed class ClassCommandTests : CliTest
{
    [Fact]
    public async Task Classes_PrintsALineEach()
    {
        await SubmitAsync();

        var result = (await RunAsync("classes")).Exits(0);

        Assert.StartsWith("CLASS  QUEUED  RUNNING", result.Lines[0]);
        Assert.EndsWith("VERDICT", result.Lines[0]);
        Assert.EndsWith("PoolLimited", result.Lines[1]);
        Assert.StartsWith("email  1       0", result.Lines[1]);
        Assert.StartsWith("index  0       0", result.Lines[2]);
    }

    [Fact]
    public async Task Classes_AsJson_IsOneDocument() =>
        Assert.Equal(["email", "index"], (await RunAsync("classes", "--json")).Exits(0).Json.AsArray().Select(one => (string)one!["class"]!));

    [Fact]
    public async Task Class_ShowsLimitsAndPools()
    {
        var result = (await RunAsync("class", "email")).Exits(0);

        Assert.Contains("4 (up to 16)", result.Out);
        Assert.Contains("unlimited", result.Out);
        Assert.Contains("silo-1", result.Out);
        Assert.Contains("All 4 slots are taken; 7 jobs wait.", result.Out);
        Assert.Contains("4 of 4 slots are taken.", result.Out);
        Assert.Equal("email", (string?)(await RunAsync("class", "email", "--json")).Json["class"]);
    }

    [Fact]
    public async Task ClassSet_ChangesWhatIsNamed()
    {
        var result = (await RunAsync(
            "class", "email", "set", "--max-local-workers", "8", "--max-concurrent", "20", "--max-concurrent-per-tenant", "5",
            "--rate", "50/s", "--weight", "acme=3", "--weight", "b=2")).Exits(0);

        var settings = (await Grid.GetClassAsync("email")).Settings;
        Assert.Equal((8, 20, 5, Rate.PerSecond(50)), (settings.MaxLocalWorkers, settings.MaxConcurrentJobs, settings.MaxConcurrentJobsPerTenant, settings.Rate));
        Assert.Equal((3, 2), (settings.WeightOf("acme"), settings.WeightOf("b")));
        Assert.Contains("acme=3, b=2", result.Out);
    }

    [Fact]
    public async Task ClassSet_WithABurst_SetsIt()
    {
        (await RunAsync("class", "email", "set", "--rate", "100/m", "--burst", "7", "--json")).Exits(0);

        Assert.Equal(Rate.PerMinute(100, 7), (await Grid.GetClassAsync("email")).Settings.Rate);
    }

    [Fact]
    public async Task ClassSet_OutOfRange_TellsEveryFault()
    {
        var result = (await RunAsync("class", "email", "set", "--max-local-workers", "99", "--max-concurrent", "-1")).Exits(1);

        Assert.Contains("MaxLocalWorkers is 99; expected 0 to 16.", result.Error);
        Assert.Contains("MaxConcurrentJobs is -1", result.Error);
    }

    [Theory]
    [InlineData("Nothing to set")]
    [InlineData("--burst goes with a --rate", "--burst", "3")]
    [InlineData("--burst goes with a --rate", "--burst", "3", "--rate", "unlimited")]
    [InlineData("--rate is 'fast'; expected a rate", "--rate", "fast")]
    [InlineData("--weight is 'acme'; expected TENANT=N", "--weight", "acme")]
    [InlineData("--max-concurrent", "--max-concurrent", "many")]
    public async Task ClassSet_ThatMakesNoSense_IsAUsageError(string expected, params string[] args)
    {
        Assert.Contains(expected, (await RunAsync(["class", "email", "set", .. args])).Exits(2).Error);
        Assert.Equal(0, (await Grid.GetClassAsync("email")).Settings.Revision);
    }

    [Fact]
    public async Task PauseAndResume_SetThePause()
    {
        Assert.True((bool?)(await RunAsync("pause", "email", "--json")).Exits(0).Json["paused"]);
        Assert.True((await Grid.GetClassAsync("email")).Settings.Paused);
        (await RunAsync("resume", "email")).Exits(0);
        Assert.False((await Grid.GetClassAsync("email")).Settings.Paused);
    }

    [Fact]
    public async Task AnyCall_OnAnUnknownClass_IsRefused()
    {
        Assert.Equal("There is no job class 'a b?c'.", (await RunAsync("class", "a b?c")).Exits(1).Error.Trim());
        Assert.Contains("'nope'", (await RunAsync("results", "nope")).Exits(1).Error);
    }

    [Fact]
    public async Task Results_PrintsFinishedJobsInOrder()
    {
        var (good, bad) = (await SubmitAsync(), await SubmitAsync());
        Grid.Succeed(good, "{\n}");
        Grid.Die(bad, "boom");

        Assert.Equal(
            [$"1  {good}  Succeeded  {{ }}", $"2  {bad}  DeadLettered  boom"], (await RunAsync("results", "email")).Exits(0).Lines);
        Assert.Equal(
            2, (int?)Assert.Single((await RunAsync("results", "email", "--after", "1", "--json")).Exits(0).JsonLines)["sequence"]);
        Assert.Single((await RunAsync("results", "email", "--limit", "1")).Exits(0).Lines);
    }

    [Fact]
    public async Task Results_Followed_PrintsWhatComesUntilInterrupted()
    {
        using var stop = new CancellationTokenSource();
        var running = RunAsync(Io(), ["results", "email", "--follow", "--json"], stop.Token);
        await Grid.Waiting.WaitAsync();
        var id = await SubmitAsync();
        Grid.Succeed(id, "{\n}");
        await Grid.Waiting.WaitAsync();

        await stop.CancelAsync();

        Assert.Equal(id.ToString(), (string?)Assert.Single((await running).Exits(130).JsonLines)["job"]!["id"]);
    }
}
