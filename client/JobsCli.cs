using System.CommandLine;
using OrleansJobs.Cli.Commands;
using OrleansJobs.GridClient;
using OrleansJobs.Cli.Output;

namespace OrleansJobs.Cli;

/// <summary>The command line: <c>jobs COMMAND …</c>.</summary>
internal static class JobsCli
{
    public static async Task<int> RunAsync(string[] args, CliIo io, CancellationToken cancellationToken)
    {
        var cli = new CliRoot(io);
        var parse = cli.Command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var screen = new Screen(io, parse.GetValue(cli.Json));
        try
        {
            return parse.Errors.Count > 0 ? Complain(parse, screen) : await InvokeAsync(parse, io, cancellationToken);
        }
        catch (UsageException error)
        {
            screen.Message(error.Message);
            return ExitCode.Usage;
        }
        catch (UnreachableException error)
        {
            screen.Message(error.Message);
            return ExitCode.Unreachable;
        }
        catch (RefusedException error)
        {
            screen.Problem(error.Problem);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    private static Task<int> InvokeAsync(ParseResult parse, CliIo io, CancellationToken cancellationToken)
    {
        var configuration = new InvocationConfiguration
        {
            Output = io.Out,
            Error = io.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return parse.InvokeAsync(configuration, cancellationToken);
    }

    private static int Complain(ParseResult parse, Screen screen)
    {
        foreach (var error in parse.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal))
        {
            screen.Message(error);
        }

        var command = parse.CommandResult.Command;
        var names = command.Parents.OfType<Command>().Select(parent => parent.Name).Append(command.Name);
        screen.Message($"Try: {string.Join(' ', names)} --help");
        return ExitCode.Usage;
    }
}
