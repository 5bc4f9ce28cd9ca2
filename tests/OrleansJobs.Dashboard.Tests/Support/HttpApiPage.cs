using System.Text.RegularExpressions;

namespace OrleansJobs.Dashboard.Tests.Support;

/// <summary>The tables of docs/http-api.md.</summary>
internal static partial class HttpApiPage
{
    /// <summary>The routes, each as <c>GET /api/jobs</c>, with their query keys.</summary>
    public static IReadOnlyDictionary<string, string[]> Routes { get; } = Rows("## Routes")
        .SelectMany(cells => Code().Matches(cells[0]).Select(route => (Route: route.Groups["text"].Value, Keys: CodesOf(cells[1]))))
        .ToDictionary(row => row.Route, row => row.Keys, StringComparer.Ordinal);

    /// <summary>The problems: each code with its status.</summary>
    public static IReadOnlyDictionary<string, int> Problems { get; } = Rows("## Problems").Where(cells => int.TryParse(cells[0], out _))
        .ToDictionary(cells => CodesOf(cells[1]).Single(), cells => int.Parse(cells[0], System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);

    private static IEnumerable<string[]> Rows(string heading) => File.ReadAllLines(Path.Combine(Root(), "docs", "http-api.md"))
        .SkipWhile(line => line != heading).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal) || Number().IsMatch(line))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..]);

    private static string[] CodesOf(string cell) => [.. Code().Matches(cell).Select(code => code.Groups["text"].Value)];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OrleansJobs.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The repository is not above the tests.");
        }

        return folder.FullName;
    }

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Code();

    [GeneratedRegex("^\\| [0-9]", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Number();
}
