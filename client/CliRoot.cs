using System.CommandLine;
using OrleansJobs.Cli.Commands;
using OrleansJobs.Cli.Grid;
using OrleansJobs.Cli.Output;

namespace OrleansJobs.Cli;

/// <summary>The root command with its global options, and the way in which commands run.</summary>
internal sealed class CliRoot
{
    private const string UrlVariable = "ORLEANSJOBS_URL";
    private const string DefaultUrl = "http://127.0.0.1:5080";
    private readonly CliIo _io;

    public CliRoot(CliIo io)
    {
        _io = io;
        Command = new RootCommand("Submits, follows and steers the jobs of an OrleansJobs grid.")
        {
            Url,
            Json,
            SubmitCommand.Create(this),
            StatusCommand.Create(this),
            WatchCommand.Create(this),
            ListCommand.Create(this),
            WhyCommand.Create(this),
            SteerCommands.Cancel(this),
            SteerCommands.Retry(this),
            SteerCommands.DeadLetter(this),
            ClassCommands.Classes(this),
            ClassCommands.Class(this),
            ClassCommands.Pause(this),
            ClassCommands.Resume(this),
            ResultsCommand.Create(this),
        };
    }

    public RootCommand Command { get; }

    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print JSON: one document, or one a line where there may be many. Messages go to stderr.",
        Recursive = true,
    };

    private Option<string?> Url { get; } = new("--url")
    {
        Description = $"Where the grid's HTTP API is [env: {UrlVariable}] [default: {DefaultUrl}]",
        Recursive = true,
        HelpName = "URL",
    };

    /// <summary>Makes the command do this, with an API and a screen of its own.</summary>
    public void OnRun(Command command, Func<ParseResult, Session, CancellationToken, Task<int>> run) =>
        command.SetAction(async (parse, cancellationToken) =>
        {
            using var grid = new GridApi(UrlOf(parse));
            return await run(parse, new Session(grid, new Screen(_io, parse.GetValue(Json)), _io), cancellationToken);
        });

    private Uri UrlOf(ParseResult parse)
    {
        var text = parse.GetValue(Url) ?? (_io.Environment(UrlVariable) is { Length: > 0 } set ? set : DefaultUrl);
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw new UsageException($"'{text}' is no address; expected http(s)://host:port, such as {DefaultUrl}.");
    }
}
