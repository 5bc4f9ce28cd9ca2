using System.CommandLine;
using OrleansJobs.GridClient;
using OrleansJobs.Cli.Output;
using OrleansJobs.Cli.Input;

namespace OrleansJobs.Cli.Commands;

/// <summary><c>jobs watch ID</c></summary>
internal static class WatchCommand
{
    public static Command Create(CliRoot cli)
    {
        var id = CliOptions.Id();
        var command = new Command("watch", "Follow a job until it ends. Exits with 1 if it does not succeed.") { id };
        cli.OnRun(command, (parse, session, cancellationToken) => WatchAsync(parse.GetValue(id), session, cancellationToken));
        return command;
    }

    private static async Task<int> WatchAsync(JobId id, Session session, CancellationToken cancellationToken)
    {
        var state = JobState.Queued;
        await foreach (var job in new JobFollower(session.Grid, session.Io.Time).WatchAsync(id, cancellationToken))
        {
            state = job.State;
            if (session.Screen.IsJson)
            {
                session.Screen.Json(job);
            }
            else
            {
                session.Screen.Line(JobView.Change(job, session.Io.Time.GetLocalNow()));
            }
        }

        return state == JobState.Succeeded ? ExitCode.Done : ExitCode.Failed;
    }
}
