using System.CommandLine;
using OrleansJobs.Cli.Output;
using OrleansJobs.Cli.Input;

namespace OrleansJobs.Cli.Commands;

/// <summary><c>jobs list</c></summary>
internal sealed class ListCommand
{
    private const int DefaultLimit = 50;

    private readonly Option<string?> _class = CliOptions.Text("--class", "Jobs of this class.", "CLASS");
    private readonly Option<JobState?> _state = CliOptions.State("--state", "Jobs in this state.");
    private readonly Option<string?> _tenant = CliOptions.Text("--tenant", "Jobs of this tenant; \"\" is the shared one.", "TENANT");
    private readonly Option<string?> _tag = CliOptions.Text("--tag", "Jobs with this tag.", "TAG");
    private readonly Option<string?> _unique = CliOptions.Text("--unique", "The job with this unique key.", "KEY");
    private readonly Option<DateTimeOffset?> _from = CliOptions.Time("--from", "Jobs submitted at this time or later.");
    private readonly Option<DateTimeOffset?> _before = CliOptions.Time("--before", "Jobs submitted before this time.");
    private readonly Option<string?> _error = CliOptions.Text("--error", "Jobs with this text in their last error's type or message.", "TEXT");
    private readonly Option<string?> _cursor = CliOptions.Text("--cursor", "Go on where an earlier list ended.", "CURSOR");
    private readonly Option<int?> _limit = CliOptions.Number("--limit", $"The most jobs to list [default: {DefaultLimit}]");

    public static Command Create(CliRoot cli)
    {
        var list = new ListCommand();
        var command = new Command("list", "List jobs, newest first.")
        {
            list._class, list._state, list._tenant, list._tag, list._unique, list._from, list._before,
            list._error, list._cursor, list._limit,
        };
        cli.OnRun(command, list.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, Session session, CancellationToken cancellationToken)
    {
        var limit = parse.GetValue(_limit) ?? DefaultLimit;
        if (limit < 1)
        {
            throw new UsageException($"--limit is {limit}; expected 1 or more.");
        }

        var page = await ReadAsync(parse, session, limit, cancellationToken);
        if (session.Screen.IsJson)
        {
            session.Screen.Json(page);
            return ExitCode.Done;
        }

        JobView.ShowAll(session.Screen, page.Jobs);
        if (page.NextCursor is { } next)
        {
            session.Screen.Message($"There are more: --cursor {next}");
        }

        return ExitCode.Done;
    }

    private async Task<JobPage> ReadAsync(ParseResult parse, Session session, int limit, CancellationToken cancellationToken)
    {
        var filter = FilterOf(parse);
        var jobs = new List<JobSnapshot>();
        var cursor = parse.GetValue(_cursor);
        do
        {
            var page = await session.Grid.ListAsync(filter, cursor, Math.Min(limit - jobs.Count, JobLimits.MaxPageSize), cancellationToken);
            jobs.AddRange(page.Jobs);
            cursor = page.NextCursor;
        }
        while (cursor is not null && jobs.Count < limit);

        return new JobPage(jobs, cursor);
    }

    private JobFilter FilterOf(ParseResult parse) => new()
    {
        JobClass = parse.GetValue(_class),
        State = parse.GetValue(_state),
        Tenant = parse.GetValue(_tenant),
        Tag = parse.GetValue(_tag),
        UniqueKey = parse.GetValue(_unique),
        SubmittedFrom = parse.GetValue(_from),
        SubmittedBefore = parse.GetValue(_before),
        ErrorText = parse.GetValue(_error),
    };
}
