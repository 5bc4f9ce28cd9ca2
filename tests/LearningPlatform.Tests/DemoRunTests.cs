using LearningPlatform.Demo;
using LearningPlatform.Index;
using LearningPlatform.Tests.Support;
using OrleansJobs;
using Spectre.Console;

namespace LearningPlatform.Tests;

public sealed class DemoRunTests : Scratch
{
    private readonly SearchIndex _index;
    private readonly GridOnTheWire _grid;
    private readonly string _input;

    public DemoRunTests()
    {
        _index = new SearchIndex(Options.SearchDatabase);
        _grid = new GridOnTheWire(Options, _index);
        _input = Directory.CreateDirectory(Path.Combine(Folder, "input")).FullName;
    }

    public override void Dispose()
    {
        _grid.Dispose();
        _index.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        base.Dispose();
    }

    [Fact]
    public async Task Demo_RunTwice_DoesAllWork_ThenNone()
    {
        Fill(250);
        File.CreateSymbolicLink(Path.Combine(_input, "link.txt"), Path.Combine(_input, "dir1", "doc 1.txt"));

        var (first, said) = await RunAsync();
        var (second, saidAgain) = await RunAsync();

        Assert.Equal((0, 0), (first, second));
        Assert.Equal(750, _grid.Runs);
        Assert.Contains("750 jobs submitted, 0 were there already", said);
        Assert.Contains("750 of 750 checked renditions decode", said);
        Assert.Contains("250 of 250 .eml files parse", said);
        Assert.Contains("'lecture' is in 100 or more of them", said);
        Assert.Contains("0 jobs submitted, 750 were there already", saidAgain);
        Assert.Contains("750 of 750 checked renditions decode", saidAgain);
    }

    [Fact]
    public async Task Demo_AfterAFileChanged_DoesThatFileAgain()
    {
        Fill(3);
        await RunAsync();
        File.AppendAllText(Path.Combine(_input, "dir1", "doc 1.txt"), "more");

        var (code, said) = await RunAsync();

        Assert.Equal(0, code);
        Assert.Contains("3 jobs submitted, 6 were there already", said);
    }

    [Fact]
    public async Task Demo_WithADamagedRendition_Fails()
    {
        Fill(2);
        await RunAsync();
        var rendition = Directory.EnumerateFiles(Options.DataDirectory, "*.q5.br", SearchOption.AllDirectories).First();
        File.WriteAllBytes(rendition, [1, 2, 3]);

        var (code, said) = await RunAsync();

        Assert.Equal(1, code);
        Assert.Contains("Output of transcode job", said);
    }

    [Fact]
    public async Task Demo_OnAGridWithoutThePlatform_SaysSo()
    {
        _grid.Classes = ["other"];

        var error = await Assert.ThrowsAsync<InvalidRequestException>(RunAsync);

        Assert.Contains("no class transcode, index, email", error.Message);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(2, "/no/such/folder")]
    [InlineData(2, ".", "--url", "ftp://x")]
    [InlineData(2, ".", "--unknown")]
    [InlineData(3, ".", "--url", "http://127.0.0.1:1")]
    public async Task Command_ThatCannotRun_SaysSoByItsExitCode(int expected, params string[] args) =>
        Assert.Equal(expected, await DemoCommand.RunAsync(args));

    private async Task<(int Code, string Said)> RunAsync()
    {
        using var said = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(said), Ansi = AnsiSupport.No });
        console.Profile.Width = 400;
        var options = new DemoOptions(_input, new Uri("http://grid.test"), null, Plain: true, VerifyBytes: long.MaxValue);
        var code = await new DemoRun(options, console, TimeProvider.System, _grid).RunAsync(CancellationToken.None);
        return (code, said.ToString());
    }

    private void Fill(int files)
    {
        for (var i = 0; i < files; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_input, $"dir{i % 5}")).FullName;
            File.WriteAllText(Path.Combine(folder, $"doc {i}.txt"), $"lecture {i}: a lecture about lecture number {i}");
        }
    }
}
