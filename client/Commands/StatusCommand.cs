using System.CommandLine;
using OrleansJobs.Cli.Output;
using OrleansJobs.Cli.Input;

namespace OrleansJobs.Cli.Commands;

/// <summary><c>jobs status ID</c></summary>
internal static class StatusCommand
{
    public static Command Create(CliRoot cli)
    {
        var id = CliOptions.Id();
        var command = new Command("status", "Show a job.") { id };
        cli.OnRun(command, async (parse, session, cancellationToken) =>
        {
            var job = await session.Grid.GetAsync(parse.GetValue(id), cancellationToken);
            if (session.Screen.IsJson)
            {
                session.Screen.Json(job);
            }
            else
            {
                JobView.Show(session.Screen, job);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
