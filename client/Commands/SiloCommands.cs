using System.CommandLine;
using OrleansJobs.Cli.Output;

namespace OrleansJobs.Cli.Commands;

/// <summary><c>jobs silos</c>, <c>jobs silo drain SILO</c></summary>
internal static class SiloCommands
{
    public static Command Silos(CliRoot cli)
    {
        var command = new Command("silos", "List the silos that are up, with what they run and use.");
        cli.OnRun(command, async (_, session, cancellationToken) =>
        {
            var silos = await session.Grid.GetSilosAsync(cancellationToken);
            if (session.Screen.IsJson)
            {
                session.Screen.Json(silos);
            }
            else
            {
                SiloView.ShowAll(session.Screen, silos);
            }

            return ExitCode.Done;
        });
        return command;
    }

    public static Command Silo(CliRoot cli) => new("silo", "Steer one silo.") { Drain(cli) };

    private static Command Drain(CliRoot cli)
    {
        var silo = new Argument<string>("SILO") { Description = "The silo's name, as 'silos' shows it." };
        var command = new Command("drain", "Have a silo take no more jobs, for as long as it lives. What it runs goes on.") { silo };
        cli.OnRun(command, async (parse, session, cancellationToken) =>
        {
            var name = parse.GetValue(silo)!;
            await session.Grid.DrainSiloAsync(name, cancellationToken);
            if (!session.Screen.IsJson)
            {
                session.Screen.Line($"Silo {name} takes no more jobs.");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
