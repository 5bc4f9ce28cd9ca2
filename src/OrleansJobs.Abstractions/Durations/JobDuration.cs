using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace OrleansJobs;

/// <summary>
/// Durations as text, the same in configuration, HTTP API and command line. Three ways of writing are read: numbers with units (<c>250ms</c>,
/// <c>10s</c>, <c>1h30m</c>, <c>2d</c>; units go from large to small, a number may have a fraction), ISO 8601 (<c>PT10S</c>, <c>P1DT12H</c>;
/// no years and months, whose length is not fixed) and that of <see cref="TimeSpan"/> (<c>00:00:10</c>, <c>1.00:00:00</c>). Case does not matter.
/// A bare number is refused, since its unit would be a guess. What is read is rounded to 100 ns.
/// </summary>
public static class JobDuration
{
    /// <summary>What such a text looks like, for error messages.</summary>
    public const string Expected = "a duration with its unit, such as " + DurationText.Examples;

    /// <summary>Reads a duration of 0 or more.</summary>
    /// <exception cref="FormatException">The text is none; the message says what is wrong and shows how a duration is written.</exception>
    public static TimeSpan Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var duration, out var fault)
            ? duration
            : throw new FormatException($"{DurationText.Show(text)} is no duration: {fault}.");
    }

    /// <summary>Reads a duration of 0 or more, if the text is one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TimeSpan duration) => TryParse(text, out duration, out _);

    /// <summary>Reads a duration of 0 or more, if the text is one.</summary>
    /// <param name="text">The text; blanks around it do not matter.</param>
    /// <param name="duration">What it says; 0 if it says nothing.</param>
    /// <param name="fault">What is wrong with it and how it is written, to stand after the key and the value: no capital, no full stop.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out TimeSpan duration, [NotNullWhen(false)] out string? fault)
    {
        fault = DurationText.Read(text, out duration) ?? (duration < TimeSpan.Zero ? DurationText.Negative : null);
        duration = fault is null ? duration : TimeSpan.Zero;
        return fault is null;
    }

    /// <summary>
    /// Writes a duration in the shortest way that <see cref="Parse"/> reads back: <c>1h30m</c>, <c>1.5ms</c>, <c>0s</c>. A negative one gets
    /// a minus sign, and is not read back.
    /// </summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0s";
        }

        var text = new StringBuilder(duration < TimeSpan.Zero ? "-" : "");
        var rest = Math.Abs((decimal)duration.Ticks);
        foreach (var (unit, ticks) in DurationText.Units)
        {
            var count = ticks == TimeSpan.TicksPerMillisecond ? rest / ticks : decimal.Floor(rest / ticks);
            rest -= count * ticks;
            if (count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{count:0.####}{unit}");
            }
        }

        return text.ToString();
    }
}
