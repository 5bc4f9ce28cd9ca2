using System.CommandLine;
using OrleansJobs.Cli.Output;
using OrleansJobs.Cli.Input;

namespace OrleansJobs.Cli.Commands;

/// <summary><c>jobs why ID</c></summary>
internal static class WhyCommand
{
    public static Command Create(CliRoot cli)
    {
        var id = CliOptions.Id();
        var command = new Command("why", "Explain why a job does not run.") { id };
        cli.OnRun(command, async (parse, session, cancellationToken) =>
        {
            var why = await session.Grid.ExplainAsync(parse.GetValue(id), cancellationToken);
            if (session.Screen.IsJson)
            {
                session.Screen.Json(why);
            }
            else
            {
                session.Screen.Line($"{why.Reason}: {why.Explanation}{(why.Until is { } until ? $" (until {JobView.Time(until)})" : "")}");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
