using System.Text.RegularExpressions;

namespace OrleansJobs.Script.Tests.Samples;

/// <summary>A command of a page, as a reader types it, and what the page says that it prints.</summary>
internal sealed partial record SampleStep(string Command, IReadOnlyList<string> Lines)
{
    private const string Prompt = "    $ ";
    private const string Indent = "    ";

    /// <summary>The commands of a page's indented blocks, in their order. A backslash at the end goes on in the next line.</summary>
    public static IReadOnlyList<SampleStep> Of(string page)
    {
        var steps = new List<SampleStep>();
        var lines = page.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Prompt, StringComparison.Ordinal))
                continue;
            var command = lines[i][Prompt.Length..];
            while (command.EndsWith('\\'))
                command = $"{command[..^1]} {lines[++i].Trim()}";
            var printed = new List<string>();
            while (i + 1 < lines.Length && lines[i + 1].StartsWith(Indent, StringComparison.Ordinal) && !lines[i + 1].StartsWith(Prompt, StringComparison.Ordinal))
                printed.Add(lines[++i][Indent.Length..]);
            steps.Add(new(command, printed));
        }

        return steps;
    }

    /// <summary>The last job id in what a command printed: the one that the next command is about.</summary>
    public static string? IdIn(string output) => Id().Matches(output).LastOrDefault()?.Value;

    public static string WithId(string command, string? id) => id is null ? command : Id().Replace(command, id);

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
