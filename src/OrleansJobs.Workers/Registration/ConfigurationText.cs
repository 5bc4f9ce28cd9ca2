using System.Globalization;

namespace OrleansJobs.Workers.Registration;

/// <summary>The forms of numbers, durations and rates in configurations. Each answers null to a text of another form.</summary>
internal static class ConfigurationText
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    public static int? Int(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    public static double? Double(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>A number with a unit, or hours, minutes and seconds with colons. A bare number is refused, since its unit would be a guess.</summary>
    public static TimeSpan? Duration(string text)
    {
        if (text.Contains(':'))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;
        }

        foreach (var (unit, length) in Units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase) && Double(text[..^unit.Length]) is { } count)
            {
                return Math.Abs(count) < TimeSpan.MaxValue / length ? length * count : null;
            }
        }

        return null;
    }

    /// <summary>Starts per second, minute, hour or day, such as <c>50/s</c>.</summary>
    public static Rate? Rate(string text)
    {
        if (text.Equals("unlimited", StringComparison.OrdinalIgnoreCase))
        {
            return OrleansJobs.Rate.Unlimited;
        }

        var slash = text.IndexOf('/');
        if (slash < 0 || Int(text[..slash].Trim()) is not { } permits)
        {
            return null;
        }

        var period = text[(slash + 1)..].Trim();
        var length = Units.FirstOrDefault(unit => unit.Unit.Equals(period, StringComparison.OrdinalIgnoreCase)).Length;
        return length > TimeSpan.Zero ? OrleansJobs.Rate.Per(length, permits) : null;
    }
}
