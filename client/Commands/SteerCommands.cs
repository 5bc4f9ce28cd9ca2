using System.CommandLine;
using OrleansJobs.GridClient;
using OrleansJobs.Cli.Input;

namespace OrleansJobs.Cli.Commands;

/// <summary><c>jobs cancel|retry|dead-letter|delete ID…</c>: a job that refuses does not keep the others from being steered.</summary>
internal static class SteerCommands
{
    private const string DefaultReason = "Sent to the dead letters by hand.";

    private delegate Task<JobSnapshot> Steer(ParseResult parse, GridApi grid, JobId id, CancellationToken cancellationToken);

    public static Command Cancel(CliRoot cli)
    {
        var reason = CliOptions.Text("--reason", "Why; kept with the job.", "TEXT");
        return Create(
            cli,
            new Command("cancel", "Cancel jobs: a waiting one ends at once, a running one is asked to stop.") { reason },
            (parse, grid, id, cancellationToken) => grid.CancelAsync(id, parse.GetValue(reason), cancellationToken));
    }

    public static Command Retry(CliRoot cli) => Create(
        cli,
        new Command("retry", "Try dead-lettered or cancelled jobs again; hurry waiting ones."),
        (_, grid, id, cancellationToken) => grid.RetryAsync(id, cancellationToken));

    public static Command DeadLetter(CliRoot cli)
    {
        var reason = CliOptions.Text("--reason", $"Why; kept with the job [default: {DefaultReason}]", "TEXT");
        return Create(
            cli,
            new Command("dead-letter", "Send waiting jobs to the dead letters.") { reason },
            (parse, grid, id, cancellationToken) => grid.DeadLetterAsync(id, parse.GetValue(reason) ?? DefaultReason, cancellationToken));
    }

    public static Command Delete(CliRoot cli) => Create(
        cli,
        new Command("delete", "Delete ended jobs, with their results, tags and logs; cancel an open one first."),
        (_, grid, id, cancellationToken) => grid.DeleteAsync(id, cancellationToken),
        static _ => "deleted");

    private static Command Create(CliRoot cli, Command command, Steer steer, Func<JobSnapshot, string>? become = null)
    {
        var ids = CliOptions.Ids();
        command.Arguments.Add(ids);
        cli.OnRun(command, async (parse, session, cancellationToken) =>
        {
            var exitCode = ExitCode.Done;
            foreach (var id in parse.GetValue(ids)!)
            {
                if (!await TrySteerAsync(session, () => steer(parse, session.Grid, id, cancellationToken), become ?? StateOf))
                {
                    exitCode = ExitCode.Failed;
                }
            }

            return exitCode;
        });
        return command;
    }

    private static async Task<bool> TrySteerAsync(Session session, Func<Task<JobSnapshot>> steer, Func<JobSnapshot, string> become)
    {
        try
        {
            Show(session, await steer(), become);
            return true;
        }
        catch (RefusedException refused)
        {
            session.Screen.Problem(refused.Problem);
            return false;
        }
    }

    private static string StateOf(JobSnapshot job) => job is { CancelRequested: true, State: JobState.Running } ? $"{job.State}, asked to stop" : $"{job.State}";

    private static void Show(Session session, JobSnapshot job, Func<JobSnapshot, string> become)
    {
        if (session.Screen.IsJson)
        {
            session.Screen.Json(job);
        }
        else
        {
            session.Screen.Line($"{job.Id} {become(job)}");
        }
    }
}
