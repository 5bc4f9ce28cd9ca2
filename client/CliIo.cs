using System.Text;

namespace OrleansJobs.Cli;

/// <summary>What the command line has of the world around it.</summary>
internal sealed record CliIo
{
    private const int PlainWidth = 160;

    public required Stream In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether a person reads the output, rather than a pipe or a file.</summary>
    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public bool InIsTerminal { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; init; } = PlainWidth;

    public Func<string, string?> Environment { get; init; } = _ => null;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public static CliIo OfProcess()
    {
        // UTF-8 whatever the locale says: it is what JSON is in.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new CliIo
        {
            In = Console.OpenStandardInput(),
            Out = Console.Out,
            Error = Console.Error,
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            InIsTerminal = !Console.IsInputRedirected,
            Width = WidthOfTerminal(),
            Environment = System.Environment.GetEnvironmentVariable,
        };
    }

    private static int WidthOfTerminal()
    {
        try
        {
            return Console.IsOutputRedirected || Console.WindowWidth <= 0 ? PlainWidth : Console.WindowWidth;
        }
        catch (IOException)
        {
            return PlainWidth;
        }
    }
}
