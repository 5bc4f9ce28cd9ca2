using System.CommandLine;
using LearningPlatform.Demo.Grid;
using OrleansJobs;
using OrleansJobs.GridClient;
using Spectre.Console;

namespace LearningPlatform.Demo;

/// <summary>The command line.</summary>
internal static class DemoCommand
{
    private const long DefaultVerifyBytes = 4L * 1024 * 1024 * 1024;

    private static readonly Argument<string> Folder = new("FOLDER") { Description = "The folder whose files get their jobs, with all below it." };

    private const int RedirectedWidth = 1000;

    private static readonly Option<string> Url = new("--url")
    {
        Description = "Where the grid's HTTP API is.",
        DefaultValueFactory = _ => "http://127.0.0.1:5080",
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "The platform's data directory as it is seen from here, if the silos see it elsewhere. It is left out of FOLDER.",
    };

    private static readonly Option<bool> Plain = new("--plain") { Description = "Tell progress in plain lines, as it is done when the output is no terminal." };

    private static readonly Option<long> VerifyBytes = new("--verify-bytes")
    {
        Description = "Decode renditions again, and compare, until their sources have this many bytes in all.",
        DefaultValueFactory = _ => DefaultVerifyBytes,
    };

    public static async Task<int> RunAsync(string[] args)
    {
        var command = new RootCommand("Submits a transcode, an index and an email job for every file below FOLDER, and checks what comes out.")
        {
            Folder, Url, Data, Plain, VerifyBytes,
        };
        command.SetAction(RunAsync);
        var parsed = command.Parse(args);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync();

        foreach (var error in parsed.Errors)
            await Console.Error.WriteLineAsync($"demo: {error.Message}");
        await Console.Error.WriteLineAsync("demo: see demo --help");
        return ExitCode.Usage;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            using var wire = new SocketsHttpHandler();
            return await new DemoRun(Read(parsed), ConsoleOfProcess(), TimeProvider.System, wire).RunAsync(cancellationToken);
        }
        catch (InvalidRequestException error)
        {
            await Console.Error.WriteLineAsync($"demo: {error.Message}");
            return ExitCode.Usage;
        }
        catch (RefusedException error) when (!error.IsPassing)
        {
            await Console.Error.WriteLineAsync($"demo: {error.Message}");
            return ExitCode.Usage;
        }
        catch (Exception error) when (error is UnreachableException or RefusedException)
        {
            await Console.Error.WriteLineAsync($"demo: {error.Message}");
            return ExitCode.CannotConnect;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("demo: stopped; the jobs go on, and running it again picks them up.");
            return ExitCode.Interrupted;
        }
    }

    /// <summary>A file or a pipe has no width: lines go there whole.</summary>
    private static IAnsiConsole ConsoleOfProcess()
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Console.Profile.Width = RedirectedWidth;
        return AnsiConsole.Console;
    }

    private static DemoOptions Read(ParseResult parsed)
    {
        var folder = Path.GetFullPath(parsed.GetRequiredValue(Folder));
        if (!Directory.Exists(folder))
            throw new InvalidRequestException($"There is no folder '{folder}'.");

        var url = parsed.GetRequiredValue(Url);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new InvalidRequestException($"--url is '{url}'; it must be an http or https address.");

        var verifyBytes = parsed.GetValue(VerifyBytes);
        if (verifyBytes < 0)
            throw new InvalidRequestException($"--verify-bytes is {verifyBytes}; it must not be negative.");

        var data = parsed.GetValue(Data);
        return new DemoOptions(
            folder, address, data is null ? null : Path.GetFullPath(data), parsed.GetValue(Plain) || Console.IsOutputRedirected, verifyBytes);
    }
}
