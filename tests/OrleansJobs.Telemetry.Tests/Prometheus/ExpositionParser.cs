using System.Globalization;
using System.Text.RegularExpressions;

namespace OrleansJobs.Telemetry.Tests.Prometheus;

/// <summary>Reads both text formats, and throws at whatever Prometheus would stumble over: made for tests, so it forgives nothing.</summary>
internal static partial class ExpositionParser
{
    private static readonly string[] Types = ["counter", "gauge", "histogram", "info"];

    public static Dictionary<string, Family> Parse(string text, bool open)
    {
        Require(text.EndsWith('\n'), "the last line has no end");
        var lines = text.Split('\n')[..^1];
        var families = new Dictionary<string, Family>(StringComparer.Ordinal);
        Family? family = null;
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index];
            if (line == "# EOF")
            {
                Require(open && index == lines.Length - 1, "an end in the middle");
            }
            else if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                family = Describe(line, open, families, family);
            }
            else
            {
                Require(family is not null, $"a sample without a type: {line}");
                family!.Add(Sample(line), open);
            }
        }

        Require(!open || lines[^1] == "# EOF", "no end");
        foreach (var one in families.Values)
        {
            one.Check();
        }

        return families;
    }

    private static Family Describe(string line, bool open, Dictionary<string, Family> families, Family? last)
    {
        var match = Comment().Match(line);
        Require(match.Success, $"no comment: {line}");
        var (word, name, rest) = (match.Groups["word"].Value, match.Groups["name"].Value, match.Groups["rest"].Value);
        if (last?.Name != name)
        {
            Require(!families.ContainsKey(name), $"{name} comes twice");
            families.Add(name, last = new Family(name));
        }

        Require(last.Samples.Count == 0, $"{word} of {name} comes after its samples");
        Require(word switch
        {
            "HELP" => !Escape().Replace(rest, "").Contains('\\', StringComparison.Ordinal),
            "TYPE" => last.Type.Length == 0 && Types.Contains(rest) && (open || rest != "info"),
            _ => open && name.EndsWith("_" + rest, StringComparison.Ordinal),
        }, $"a bad {word}: {line}");
        last.Type = word == "TYPE" ? rest : last.Type;
        return last;
    }

    private static Sample Sample(string line)
    {
        var match = SampleLine().Match(line);
        Require(match.Success, $"no sample: {line}");
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match label in Label().Matches(match.Groups["labels"].Value))
        {
            Require(labels.TryAdd(label.Groups["key"].Value, Unescape(label.Groups["value"].Value)), $"a label comes twice: {line}");
        }

        var value = match.Groups["value"].Value switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            "NaN" => double.NaN,
            var number => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
        return new Sample(match.Groups["name"].Value, labels, value, match.Groups["labels"].Value);
    }

    private static string Unescape(string text) => Escape().Replace(text, escape => escape.Value switch
    {
        "\\n" => "\n",
        "\\\"" => "\"",
        _ => "\\",
    });

    public static void Require(bool holds, string fault)
    {
        if (!holds)
        {
            throw new FormatException(fault);
        }
    }

    [GeneratedRegex(@"^# (?<word>HELP|TYPE|UNIT) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<rest>.*)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Comment();

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\[n"\\])*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\[n"\\])*")*)\})? (?<value>\S+)$""",
        RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex SampleLine();

    [GeneratedRegex("""(?<key>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>([^"\\]|\\[n"\\])*)"(,|$)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Label();

    [GeneratedRegex("""\\[n"\\]""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Escape();
}
