using System.CommandLine;
using OrleansJobs.GridClient;
using OrleansJobs.Cli.Output;
using OrleansJobs.Cli.Submit;
using OrleansJobs.Cli.Input;
using OrleansJobs.Http;

namespace OrleansJobs.Cli.Commands;

/// <summary><c>jobs submit CLASS [PAYLOAD]</c></summary>
internal sealed class SubmitCommand
{
    private readonly Argument<string> _class = CliOptions.Class();

    private readonly Argument<string?> _payload = new("PAYLOAD")
    {
        Description = "The payload: JSON [default: null]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _file = CliOptions.Text("--file", "Read the payload, JSON, from a file.", "FILE");

    private readonly Option<bool> _stdin = new("--stdin")
    {
        Description = "Read jobs from stdin, one a line: a payload, or {\"payload\": …, \"tenant\": …} with options of its own.",
    };

    private readonly Option<int?> _count = CliOptions.Number("--count", "Submit the job so many times [default: 1]");

    private readonly Option<bool> _wait = new("--wait")
    {
        Description = "Wait until all have ended. Exits with 1 if one does not succeed.",
    };

    private readonly SubmitOptionSet _options = new();

    public static Command Create(CliRoot cli)
    {
        var submit = new SubmitCommand();
        var command = new Command("submit", "Submit jobs to a class.")
        {
            submit._class, submit._payload, submit._file, submit._stdin, submit._count, submit._wait,
        };
        submit._options.AddTo(command);
        cli.OnRun(command, submit.RunAsync);
        return command;
    }

    private Task<int> RunAsync(ParseResult parse, Session session, CancellationToken cancellationToken)
    {
        var job = _options.Read(parse) with { JobClass = parse.GetValue(_class) };
        RequireSense(parse, job);
        var run = new SubmitRun(session, parse.GetValue(_wait));
        if (parse.GetValue(_stdin))
        {
            if (session.Io.InIsTerminal)
            {
                session.Screen.Message("Reading jobs, one a line; Ctrl-D ends them.");
            }

            return run.RunAsync(JobLines.ReadAsync(session.Io.In, job, cancellationToken), null, cancellationToken);
        }

        job = job with { Payload = PayloadOf(parse) };
        return parse.GetValue(_count) is { } count
            ? run.RunAsync(JobLines.Repeat(job, count), count, cancellationToken)
            : SubmitOneAsync(session, job, parse.GetValue(_wait), cancellationToken);
    }

    private static async Task<int> SubmitOneAsync(Session session, SubmitRequest job, bool wait, CancellationToken cancellationToken)
    {
        var answer = await session.Grid.SubmitAsync(job with { Id = job.Id ?? JobId.New() }, cancellationToken);
        if (!wait)
        {
            Show(session.Screen, answer);
            return ExitCode.Done;
        }

        var follower = new JobFollower(session.Grid, session.Io.Time);
        var ended = await follower.WaitAsync(answer.Id!.Value, cancellationToken);
        if (session.Screen.IsJson)
        {
            session.Screen.Json(SubmitLine.Of(answer, ended));
        }
        else
        {
            JobView.Show(session.Screen, ended);
        }

        return ended.State == JobState.Succeeded ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Show(Screen screen, SubmitAnswer answer)
    {
        if (screen.IsJson)
        {
            screen.Json(SubmitLine.Of(answer));
            return;
        }

        screen.Line($"{answer.Id} {answer.Status switch
        {
            SubmitStatus.AlreadySubmitted => "was submitted before",
            SubmitStatus.UniqueKeyTaken => "has the unique key already",
            _ => "accepted",
        }}");
    }

    private void RequireSense(ParseResult parse, SubmitRequest job)
    {
        var sources = new[] { parse.GetValue(_payload) is not null, parse.GetValue(_file) is not null, parse.GetValue(_stdin) };
        var count = parse.GetValue(_count);
        var complaint = 0 switch
        {
            _ when sources.Count(given => given) > 1 => "Give one of PAYLOAD, --file and --stdin.",
            _ when count is < 1 => $"--count is {count}; expected 1 or more.",
            _ when count is not null && parse.GetValue(_stdin) => "--count and --stdin do not go together.",
            _ when count > 1 && (job.Id is not null || job.UniqueKey is not null) =>
                "--id and --unique name one job; they do not go with --count.",
            _ when parse.GetValue(_stdin) && (job.Id is not null || job.UniqueKey is not null) =>
                "--id and --unique name one job; with --stdin, give them in the lines.",
            _ when job.Delay is not null && job.DueAt is not null => "--delay and --due do not go together.",
            _ => null,
        };
        if (complaint is not null)
        {
            throw new UsageException(complaint);
        }
    }

    private RawJson PayloadOf(ParseResult parse)
    {
        var (what, bytes) = parse.GetValue(_file) is { } file
            ? (file, PayloadFile.Read(file))
            : ("The payload", System.Text.Encoding.UTF8.GetBytes(parse.GetValue(_payload) ?? "null"));
        try
        {
            StrictJson.Parse(bytes).Dispose();
            return new RawJson(bytes);
        }
        catch (InvalidRequestException error)
        {
            throw new UsageException($"{what}: {error.Message}");
        }
    }
}
