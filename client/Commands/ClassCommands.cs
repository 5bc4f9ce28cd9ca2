using System.CommandLine;
using OrleansJobs.GridClient;
using OrleansJobs.Cli.Output;
using OrleansJobs.Cli.Input;

namespace OrleansJobs.Cli.Commands;

/// <summary><c>jobs classes</c>, <c>jobs class CLASS</c>, <c>jobs pause|resume CLASS</c></summary>
internal static class ClassCommands
{
    public static Command Classes(CliRoot cli)
    {
        var command = new Command("classes", "List the job classes with their counts, limits and what keeps each from doing more.");
        cli.OnRun(command, async (_, session, cancellationToken) =>
        {
            if (session.Screen.IsJson)
            {
                session.Screen.Json(await session.Grid.GetClassesAsync(cancellationToken));
            }
            else
            {
                ClassView.ShowAll(session.Screen, (await session.Grid.GetOverviewAsync(cancellationToken)).Classes);
            }

            return ExitCode.Done;
        });
        return command;
    }

    public static Command Class(CliRoot cli)
    {
        var jobClass = CliOptions.Class();
        var command = new Command("class", "Show a job class, or change its limits with 'class CLASS set'.")
        {
            jobClass, ClassSetCommand.Create(cli, jobClass),
        };
        cli.OnRun(command, async (parse, session, cancellationToken) =>
        {
            var name = parse.GetValue(jobClass)!;
            if (session.Screen.IsJson)
            {
                session.Screen.Json(await session.Grid.GetClassAsync(name, cancellationToken));
            }
            else
            {
                ClassView.Show(session.Screen, await session.Grid.GetOverviewAsync(name, cancellationToken));
            }

            return ExitCode.Done;
        });
        return command;
    }

    public static Command Pause(CliRoot cli) => Create(
        cli,
        "pause",
        "Start no more jobs of a class until it is resumed. Running ones go on.",
        (grid, name, token) => grid.PauseAsync(name, token));

    public static Command Resume(CliRoot cli) => Create(
        cli, "resume", "End a pause.", (grid, name, token) => grid.ResumeAsync(name, token));

    /// <summary>Prints the limits that are in force now.</summary>
    public static int Show(Session session, string jobClass, JobClassSettings settings)
    {
        if (session.Screen.IsJson)
        {
            session.Screen.Json(settings);
        }
        else
        {
            ClassView.Show(session.Screen, jobClass, settings);
        }

        return ExitCode.Done;
    }

    private static Command Create(
        CliRoot cli, string name, string description, Func<GridApi, string, CancellationToken, Task<JobClassSettings>> change)
    {
        var argument = CliOptions.Class();
        var command = new Command(name, description) { argument };
        cli.OnRun(command, async (parse, session, cancellationToken) =>
        {
            var jobClass = parse.GetValue(argument)!;
            return Show(session, jobClass, await change(session.Grid, jobClass, cancellationToken));
        });
        return command;
    }
}
