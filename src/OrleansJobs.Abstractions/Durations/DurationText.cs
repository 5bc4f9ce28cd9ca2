using System.Globalization;

namespace OrleansJobs;

/// <summary>The grammar of durations. Answers with what is wrong instead of throwing, whatever the text is.</summary>
internal static class DurationText
{
    public const string Examples = "250ms, 10s, 1h30m, 2d, PT10S or 00:00:10";

    public const string Negative = "it is negative; a duration is 0 or more";

    /// <summary>From large to small.</summary>
    public static readonly (string Unit, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
    ];

    private const string Written = "a duration is written like " + Examples;
    private const string TooLong = "it is longer than 10675199 days";
    private const string ClockFields = "with colons, hours go to 23, minutes and seconds to 59, and days stand before a dot, as in 1.12:30:00";
    private const string NoFixedLength = "years and months have no fixed length; " + Written;

    /// <summary>Digits that fit into the calculation: more are no time span in any unit.</summary>
    private const int MaxWholeDigits = 16;

    /// <summary>Digits behind the point that can matter: the 12th of a day's is shorter than a tick.</summary>
    private const int MaxFractionDigits = 12;

    private const int LongestShown = 60;

    private static readonly (string Unit, long Ticks)[] IsoDays = [("w", 7 * TimeSpan.TicksPerDay), ("d", TimeSpan.TicksPerDay)];

    private static readonly (string Unit, long Ticks)[] IsoTimes =
        [("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond)];

    /// <summary>Reads a duration, which may be negative here.</summary>
    /// <returns>What is wrong; null if nothing is.</returns>
    public static string? Read(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        text = text.Trim();
        if (text.Contains(':'))
        {
            // Two colons: hh:mm alone would be taken for minutes and seconds by some.
            return text.Count(':') == 2 && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration)
                ? null
                : ClockFields;
        }

        var isNegative = text.StartsWith('-');
        var size = isNegative ? text[1..] : text;
        var fault = size is ['P' or 'p', .. var iso] ? ReadIso(iso, out var ticks) : ReadParts(size, Units, out ticks);
        return fault ?? ToTimeSpan(isNegative ? -ticks : ticks, out duration);
    }

    /// <summary>A text as a message shows it: in quotes, not at length.</summary>
    public static string Show(string text) =>
        text.Length <= LongestShown ? $"'{text}'" : $"'{text.AsSpan(0, LongestShown)}…' ({text.Length} characters)";

    private static string? ToTimeSpan(decimal ticks, out TimeSpan duration)
    {
        var whole = decimal.Round(ticks);
        var fits = whole is >= long.MinValue and <= long.MaxValue;
        duration = fits ? TimeSpan.FromTicks((long)whole) : TimeSpan.Zero;
        return fits ? null : TooLong;
    }

    private static string? ReadIso(ReadOnlySpan<char> text, out decimal ticks)
    {
        var t = text.IndexOfAny('T', 't');
        var days = t < 0 ? text : text[..t];
        ticks = 0;
        if (days.ContainsAny("YyMm"))
        {
            return NoFixedLength;
        }

        var (daysTicks, timesTicks) = (0m, 0m);
        var fault = days.IsEmpty && t >= 0 ? null : ReadParts(days, IsoDays, out daysTicks);
        fault ??= t < 0 ? null : ReadParts(text[(t + 1)..], IsoTimes, out timesTicks);
        ticks = daysTicks + timesTicks;
        return fault;
    }

    private static string? ReadParts(ReadOnlySpan<char> text, ReadOnlySpan<(string Unit, long Ticks)> units, out decimal ticks)
    {
        ticks = 0;
        if (text.IsEmpty)
        {
            return "there is nothing to read; " + Written;
        }

        for (text = text.Trim(); !text.IsEmpty; text = text.TrimStart())
        {
            if (TakeNumber(ref text, out var number) is { } fault)
            {
                return fault;
            }

            var word = TakeWord(ref text);
            var index = IndexOf(word, units);
            if (index < 0)
            {
                return FaultOf(word, units);
            }

            ticks += number * units[index].Ticks;
            units = units[(index + 1)..];
        }

        return null;
    }

    private static string? TakeNumber(ref ReadOnlySpan<char> text, out decimal number)
    {
        number = 0;
        var whole = Digits(text);
        var point = whole.Length < text.Length && text[whole.Length] == '.';
        var fraction = point ? Digits(text[(whole.Length + 1)..]) : [];
        if (whole.IsEmpty || (point && fraction.IsEmpty))
        {
            return $"it is not made of numbers and units; {Written}";
        }

        text = text[(whole.Length + (point ? 1 + fraction.Length : 0))..];
        whole = whole.TrimStart('0');
        if (whole.Length > MaxWholeDigits)
        {
            return TooLong;
        }

        fraction = fraction[..Math.Min(fraction.Length, MaxFractionDigits)];
        number = decimal.Parse($"0{whole}.{fraction}0", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return null;
    }

    private static ReadOnlySpan<char> Digits(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? text[..end] : text;

    private static ReadOnlySpan<char> TakeWord(ref ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var length = 0;
        while (length < text.Length && char.IsLetter(text[length]))
        {
            length++;
        }

        var word = text[..length];
        text = text[length..];
        return word;
    }

    private static int IndexOf(ReadOnlySpan<char> word, ReadOnlySpan<(string Unit, long Ticks)> units)
    {
        for (var i = 0; i < units.Length; i++)
        {
            if (word.Equals(units[i].Unit, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    private static string FaultOf(ReadOnlySpan<char> word, ReadOnlySpan<(string Unit, long Ticks)> left)
    {
        if (word.IsEmpty)
        {
            return $"a number has no unit; {Written}";
        }

        var isKnown = IndexOf(word, Units) >= 0 || IndexOf(word, IsoDays) >= 0;
        return isKnown && left.Length < Units.Length
            ? $"its units do not go from large to small, each once; {Written}"
            : $"'{Shorten(word)}' is no unit; {Written}";
    }

    private static ReadOnlySpan<char> Shorten(ReadOnlySpan<char> word) => word[..Math.Min(word.Length, LongestShown)];
}
