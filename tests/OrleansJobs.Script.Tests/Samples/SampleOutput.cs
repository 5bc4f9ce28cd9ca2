using System.Text.RegularExpressions;

namespace OrleansJobs.Script.Tests.Samples;

/// <summary>Compares what a page says that a command prints with what it printed: all but ids, times and the width of columns.</summary>
internal static partial class SampleOutput
{
    private const string Gap = "…";

    /// <summary>The first line of the page that was not printed where it should be, or the first printed line that the page lacks; null if they agree.</summary>
    /// <param name="shown">The page's lines. A line of "…" stands for any number of lines; none at all says nothing of what is printed.</param>
    /// <param name="printed">What came.</param>
    /// <param name="countsVary">Whether numbers, and what is in quotes, are those of one run.</param>
    public static string? Difference(IReadOnlyList<string> shown, string printed, bool countsVary)
    {
        if (shown.Count == 0)
            return null;
        var left = new Queue<string>(printed.TrimEnd('\n').Split('\n'));
        var gap = false;
        foreach (var line in shown)
        {
            if (line == Gap)
            {
                gap = true;
                continue;
            }

            while (gap && left.Count > 0 && !Same(line, left.Peek(), countsVary))
                left.Dequeue();
            if (!left.TryDequeue(out var found) || !Same(line, found, countsVary))
                return $"The page shows '{line}', printed was '{found}'.";
            gap = false;
        }

        return gap || left.Count == 0 ? null : $"The page does not show '{left.Peek()}'.";
    }

    private static bool Same(string shown, string printed, bool countsVary) => Stable(shown, countsVary) == Stable(printed, countsVary);

    private static string Stable(string line, bool countsVary)
    {
        line = Id().Replace(line, "ID");
        line = Time().Replace(line, "TIME");
        line = Seconds().Replace(line, "N s");
        line = countsVary ? Quoted().Replace(Number().Replace(line, "N"), "'…'") : line;
        return Spaces().Replace(line, " ").Trim();
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?Z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Time();

    [GeneratedRegex(@"\d+\.\d s\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Seconds();

    [GeneratedRegex(@"\d+(,\d{3})*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex("'[^']*'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(" +", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
