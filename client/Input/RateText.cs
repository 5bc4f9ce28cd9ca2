using System.Globalization;

namespace OrleansJobs.Cli.Input;

/// <summary>Rates as people type them: <c>50/s</c>, <c>100/m</c>, <c>10/5s</c>, <c>unlimited</c>.</summary>
internal static class RateText
{
    public const string Expected = "a rate, such as 50/s, 100/m, 10/5s or unlimited";

    public static bool TryParse(string text, out Rate rate)
    {
        rate = Rate.Unlimited;
        if (text == "unlimited")
        {
            return true;
        }

        if (text.Split('/') is not [var permits, { Length: > 0 } period]
            || !int.TryParse(permits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || !DurationText.TryParse(char.IsAsciiDigit(period[0]) ? period : "1" + period, out var per)
            || per <= TimeSpan.Zero
            || count == 0)
        {
            return false;
        }

        rate = Rate.Per(per, count);
        return true;
    }
}
