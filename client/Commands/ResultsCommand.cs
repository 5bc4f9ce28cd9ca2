using System.CommandLine;
using OrleansJobs.GridClient;
using OrleansJobs.Cli.Output;
using OrleansJobs.Cli.Input;
using OrleansJobs.Http;

namespace OrleansJobs.Cli.Commands;

/// <summary><c>jobs results CLASS</c></summary>
internal sealed class ResultsCommand
{
    private const int PageSize = 500;

    private readonly Argument<string> _class = CliOptions.Class();
    private readonly Option<long> _after = new("--after") { Description = "Begin after this sequence number [default: 0]", HelpName = "N" };
    private readonly Option<int?> _limit = CliOptions.Number("--limit", "Stop after so many.");
    private readonly Option<bool> _follow = new("--follow") { Description = "At the end, wait for more (until Ctrl-C)." };

    public static Command Create(CliRoot cli)
    {
        var results = new ResultsCommand();
        var command = new Command("results", "Read a class's results queue: finished jobs in order, one a line.")
        {
            results._class, results._after, results._limit, results._follow,
        };
        cli.OnRun(command, results.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, Session session, CancellationToken cancellationToken)
    {
        var (jobClass, after, follow) = (parse.GetValue(_class)!, parse.GetValue(_after), parse.GetValue(_follow));
        var left = parse.GetValue(_limit) ?? int.MaxValue;
        if (after < 0 || left < 1)
        {
            throw new UsageException("--after is 0 or more, and --limit 1 or more.");
        }

        // The first look waits for nothing, so that a grid that is not there is told at once.
        var page = await session.Grid.ReadResultsAsync(jobClass, after, Math.Min(left, PageSize), wait: false, cancellationToken);
        var patience = new Patience(session.Io.Time);
        while (true)
        {
            Show(session.Screen, page);
            left -= page.Results.Count;
            if (left == 0 || (page.Results.Count == 0 && !follow))
            {
                return ExitCode.Done;
            }

            var (from, size) = (page.After, Math.Min(left, PageSize));
            page = await patience.TryAsync(
                () => session.Grid.ReadResultsAsync(jobClass, from, size, follow, cancellationToken), cancellationToken);
        }
    }

    private static void Show(Screen screen, ResultsPage page)
    {
        foreach (var entry in page.Results)
        {
            if (screen.IsJson)
            {
                screen.Json(entry);
            }
            else
            {
                screen.Line($"{entry.Sequence}  {entry.Job.Id}  {entry.Job.State}  {OutcomeOf(entry.Job)}".TrimEnd());
            }
        }
    }

    private static string OutcomeOf(JobSnapshot job) =>
        job.State == JobState.Succeeded ? Printable.Bytes(job.Result ?? default) : job.LastError?.Message ?? "";
}
