using System.Globalization;
using System.Text.RegularExpressions;

namespace OrleansJobs.Cli.Input;

/// <summary>Durations as people type them: <c>30s</c>, <c>1h30m</c>, <c>250ms</c>, <c>00:00:30</c>.</summary>
internal static partial class DurationText
{
    public const string Expected = "a duration, such as 30s, 1h30m, 250ms or 00:00:30";

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text.Contains(':'))
        {
            return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration);
        }

        var match = Parts().Match(text);
        if (!match.Success)
        {
            return false;
        }

        try
        {
            foreach (var (number, unit) in match.Groups["number"].Captures.Zip(match.Groups["unit"].Captures))
            {
                duration += UnitOf(unit.Value) * double.Parse(number.Value, CultureInfo.InvariantCulture);
            }

            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    public static TimeSpan UnitOf(string unit) => unit switch
    {
        "ms" => TimeSpan.FromMilliseconds(1),
        "s" => TimeSpan.FromSeconds(1),
        "m" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };

    [GeneratedRegex(
        @"^(?:(?<number>\d+(?:\.\d+)?)(?<unit>ms|s|m|h|d))+$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parts();
}
