using System.Globalization;

namespace OrleansJobs;

/// <summary>The grammar of rates: <c>PERMITS/PERIOD</c>, <c>PERMITS/PERIOD burst N</c>, <c>unlimited</c>.</summary>
internal static class RateText
{
    public const string Examples = "100/s, 10/5s, 1/h, 50/s burst 20 or unlimited";

    private const string Unlimited = "unlimited";
    private const string Burst = "burst";
    private const string Written = "a rate is written like " + Examples;

    private static readonly string Permitted = string.Create(CultureInfo.InvariantCulture, $"1 to {Rate.MaxPermits}");

    /// <summary>Reads a rate.</summary>
    /// <returns>What is wrong; null if nothing is.</returns>
    public static string? Read(ReadOnlySpan<char> text, out Rate rate)
    {
        rate = Rate.Unlimited;
        text = text.Trim();
        if (text.Equals(Unlimited, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var slash = text.IndexOf('/');
        if (slash < 0)
        {
            return text.IsEmpty ? $"there is nothing to read; {Written}" : $"it has no period; {Written}";
        }

        if (!TryCount(text[..slash], out var permits))
        {
            return $"its starts have to be a whole number from {Permitted}; {Written}";
        }

        var period = text[(slash + 1)..];
        int? burst = null;
        if (period.IndexOf(Burst, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
        {
            if (!TryCount(period[(at + Burst.Length)..], out var count))
            {
                return $"its burst has to be a whole number from {Permitted}; {Written}";
            }

            burst = count;
            period = period[..at];
        }

        return ReadPeriod(period.Trim(), out var length) ?? Make(length, permits, burst, out rate);
    }

    /// <summary>The shortest text that is read back as the same rate.</summary>
    public static string Write(Rate rate)
    {
        if (rate.IsUnlimited)
        {
            return Unlimited;
        }

        var period = JobDuration.Format(rate.Period);
        var text = string.Create(CultureInfo.InvariantCulture, $"{rate.Permits}/{(IsOne(period) ? period[1..] : period)}");
        return rate.Burst == Rate.Per(rate.Period, rate.Permits).Burst
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text} {Burst} {rate.Burst}");
    }

    /// <summary>One of a single unit, whose 1 goes without saying.</summary>
    private static bool IsOne(string period) => period is ['1', var first, ..] && char.IsLetter(first) && !period.AsSpan(1).ContainsAnyInRange('0', '9');

    private static string? Make(TimeSpan period, int permits, int? burst, out Rate rate)
    {
        var fits = period >= Rate.MinPeriod && period <= Rate.MaxPeriod;
        rate = fits ? Rate.Per(period, permits, burst) : Rate.Unlimited;
        return fits ? null : $"its period has to be from {JobDuration.Format(Rate.MinPeriod)} to {JobDuration.Format(Rate.MaxPeriod)}";
    }

    private static string? ReadPeriod(ReadOnlySpan<char> text, out TimeSpan period)
    {
        period = TimeSpan.Zero;
        if (text.IsEmpty)
        {
            return $"it has no period; {Written}";
        }

        // A unit alone is one of it: 100/s.
        var isUnit = char.IsLetter(text[0]) && text[0] is not ('P' or 'p');
        return DurationText.Read(isUnit ? $"1{text}" : text, out period) is { } fault ? $"its period is wrong: {fault}" : null;
    }

    private static bool TryCount(ReadOnlySpan<char> text, out int count) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= Rate.MaxPermits;
}
