using System.CommandLine;
using OrleansJobs.Cli.Input;
using OrleansJobs.Cli.Output;
using OrleansJobs.Http;

namespace OrleansJobs.Cli.Commands;

/// <summary><c>jobs key new NAME --role ROLE</c>: needs no grid, because what a grid is told of a key is its hash alone.</summary>
internal static class KeyCommand
{
    // As the name of an environment variable; each colon of the key is two underscores there.
    private const string Setting = "JobGrid__Access__Keys__";

    public static Command Create(CliRoot cli) => new("key", "Make API keys.") { New(cli) };

    private static Command New(CliRoot cli)
    {
        var name = new Argument<string>("NAME") { Description = $"Whose key it is, as the audit trail shows it: {ApiKey.ExpectedName}." };
        var role = CliOptions.Role("--role", "What its holder may do: viewer, operator or admin.");
        var command = new Command("new", "Make a key: prints it, once, and the settings that let it in.") { name, role };
        cli.OnRunAlone(command, (parse, screen) => Show(screen, parse.GetValue(name)!, parse.GetRequiredValue(role)!.Value));
        return command;
    }

    private static int Show(Screen screen, string name, AccessRole role)
    {
        if (!ApiKey.IsName(name))
        {
            throw new UsageException($"'{name}' is no name for a key; expected {ApiKey.ExpectedName}.");
        }

        var key = ApiKey.New(name);
        var (hash, roleName) = (ApiKey.Hash(key), role.ToString().ToLowerInvariant());
        if (screen.IsJson)
        {
            screen.Json(new { name, role = roleName, key, hash });
            return ExitCode.Done;
        }

        screen.Message("The key, shown this once. Keep it where secrets are kept; the grid gets the two settings below it.");
        screen.Line(key);
        screen.Line($"{Setting}{name}__Hash={hash}");
        screen.Line($"{Setting}{name}__Role={roleName}");
        return ExitCode.Done;
    }
}
