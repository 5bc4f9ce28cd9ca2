using System.CommandLine;
using OrleansJobs.Cli.Commands;
using OrleansJobs.GridClient;
using OrleansJobs.Cli.Output;

namespace OrleansJobs.Cli;

/// <summary>The root command with its global options, and the way in which commands run.</summary>
internal sealed class CliRoot
{
    private const string UrlVariable = "ORLEANSJOBS_URL";
    private const string KeyVariable = "ORLEANSJOBS_KEY";
    private const string DefaultUrl = "http://127.0.0.1:5080";
    private readonly CliIo _io;

    public CliRoot(CliIo io)
    {
        _io = io;
        Command = new RootCommand("Submits, follows and steers the jobs of an OrleansJobs grid.")
        {
            Url,
            Key,
            Json,
            SubmitCommand.Create(this),
            StatusCommand.Create(this),
            WatchCommand.Create(this),
            ListCommand.Create(this),
            WhyCommand.Create(this),
            SteerCommands.Cancel(this),
            SteerCommands.Retry(this),
            SteerCommands.DeadLetter(this),
            SteerCommands.Delete(this),
            ClassCommands.Classes(this),
            ClassCommands.Class(this),
            ClassCommands.Pause(this),
            ClassCommands.Resume(this),
            SiloCommands.Silos(this),
            SiloCommands.Silo(this),
            ResultsCommand.Create(this),
            KeyCommand.Create(this),
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

    private Option<string?> Key { get; } = new("--key")
    {
        Description = $"The API key to show. Other users of this machine can read a command line: rather set the variable [env: {KeyVariable}]",
        Recursive = true,
        HelpName = "KEY",
    };

    /// <summary>Makes the command do this without a grid.</summary>
    public void OnRunAlone(Command command, Func<ParseResult, Screen, int> run) =>
        command.SetAction(parse => run(parse, new Screen(_io, parse.GetValue(Json))));

    /// <summary>Makes the command do this, with an API and a screen of its own.</summary>
    public void OnRun(Command command, Func<ParseResult, Session, CancellationToken, Task<int>> run) =>
        command.SetAction(async (parse, cancellationToken) =>
        {
            using var grid = new GridApi(UrlOf(parse), KeyOf(parse));
            return await run(parse, new Session(grid, new Screen(_io, parse.GetValue(Json)), _io), cancellationToken);
        });

    /// <summary>Any token goes, since the host may have schemes of its own; but it has to fit into a header.</summary>
    private string? KeyOf(ParseResult parse)
    {
        var text = parse.GetValue(Key) ?? _io.Environment(KeyVariable);
        return string.IsNullOrWhiteSpace(text) ? null
            : text.Trim().All(letter => letter is > ' ' and <= '~') ? text.Trim()
            : throw new UsageException($"The key (--key or {KeyVariable}) has a character in it that no key has.");
    }

    private Uri UrlOf(ParseResult parse)
    {
        var text = parse.GetValue(Url) ?? (_io.Environment(UrlVariable) is { Length: > 0 } set ? set : DefaultUrl);
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw new UsageException($"'{text}' is no address; expected http(s)://host:port, such as {DefaultUrl}.");
    }
}
