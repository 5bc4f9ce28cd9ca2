using System.Net;
using System.Net.Sockets;
using OrleansJobs.Cli.Tests.Support;

namespace OrleansJobs.Cli.Tests.Commands;

public sealed class GlobalTests : CliTest
{
    public static TheoryData<string[]> EveryCommand =>
    [
        ["classes"],
        ["class", "email"],
        ["class", "email", "set", "--max-concurrent", "1"],
        ["pause", "email"],
        ["resume", "email"],
        ["list"],
        ["results", "email", "--follow"],
        ["submit", "email", "1"],
        ["submit", "email", "1", "--count", "3", "--wait"],
        ["status", "0193b5f2-7c1e-7d3a-9f1b-2a4c6e8f0a1b"],
        ["watch", "0193b5f2-7c1e-7d3a-9f1b-2a4c6e8f0a1b"],
        ["why", "0193b5f2-7c1e-7d3a-9f1b-2a4c6e8f0a1b"],
        ["cancel", "0193b5f2-7c1e-7d3a-9f1b-2a4c6e8f0a1b"],
        ["retry", "0193b5f2-7c1e-7d3a-9f1b-2a4c6e8f0a1b"],
        ["dead-letter", "0193b5f2-7c1e-7d3a-9f1b-2a4c6e8f0a1b"],
    ];

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public async Task AnyCommand_WhenNothingListens_SaysSoInALineAndExitsWithThree(string[] args)
    {
        var url = $"http://127.0.0.1:{FreePort()}";

        var result = (await RunAsync([.. args, "--url", url])).Exits(3);

        Assert.Equal("", result.Out);
        Assert.StartsWith($"Cannot reach the grid at {url}: Connection refused.", Assert.Single(result.Error.Trim().Split('\n')));
    }

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public async Task AnyCommand_WhenTheGridIsAway_IsRefused(string[] args)
    {
        Grid.FailWith(new GridUnavailableException("The store does not answer."));

        Assert.StartsWith("The grid or its store does not answer", (await RunAsync(args)).Exits(1).Error.Trim());
    }

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public async Task AnyCommand_AtAServerThatIsNoGrid_SaysSo(string[] args) =>
        Assert.Contains("but not as a job grid does", (await RunAsync([.. args, "--url", $"{Host.Url}elsewhere"])).Exits(1).Error);

    [Fact]
    public async Task Url_OnTheCommandLine_GoesBeforeTheVariable()
    {
        var io = Io() with { Environment = _ => "http://127.0.0.1:1" };

        (await RunAsync(io, ["classes", "--url", Host.Url.ToString()])).Exits(0);
        (await RunAsync(io, ["--url", Host.Url.ToString(), "classes"])).Exits(0);
    }

    [Fact]
    public async Task Url_ThatIsNone_IsAUsageError() =>
        Assert.Contains("'grid:5080' is no address", (await RunAsync("classes", "--url", "grid:5080")).Exits(2).Error);

    [Theory]
    [InlineData("explode")]
    [InlineData("submit")]
    [InlineData("status")]
    [InlineData("classes", "extra")]
    [InlineData("cancel")]
    public async Task AWrongCommandLine_ExitsWithTwoAndPointsToTheHelp(params string[] args)
    {
        var result = (await RunAsync(args)).Exits(2);

        Assert.Equal("", result.Out);
        Assert.Contains("--help", result.Error);
    }

    [Fact]
    public async Task NoCommand_ExitsWithTwo() => (await RunAsync()).Exits(2);

    [Fact]
    public async Task Help_ListsTheCommands()
    {
        var help = (await RunAsync("--help")).Exits(0).Out;

        Assert.All(
            ["submit", "status", "watch", "list", "cancel", "retry", "dead-letter", "why", "pause", "resume", "classes", "class", "results"],
            name => Assert.Contains($"\n  {name} ", help));
    }

    [Fact]
    public async Task OnATerminal_TablesHaveColoursAndBarsAreDrawn()
    {
        RunJobsAtOnce();
        var terminal = Io() with { OutIsTerminal = true, ErrorIsTerminal = true, Width = 100 };

        var submit = (await RunAsync(terminal, ["submit", "email", "\"fail\"", "--count", "3", "--wait"])).Exits(1);
        var status = (await RunAsync(terminal, ["status", Grid.All()[0].Id.ToString()])).Exits(0);

        Assert.Contains("3/3", submit.Error);
        Assert.Contains("\u001b[", status.Out);
    }

    [Fact]
    public async Task IntoAPipe_ThereIsNoEscape()
    {
        RunJobsAtOnce();

        var submit = (await RunAsync("submit", "email", "\"fail\"", "--count", "3", "--wait")).Exits(1);

        Assert.DoesNotContain('\u001b', submit.Out + submit.Error);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
