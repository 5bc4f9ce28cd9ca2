using System.Globalization;

namespace OrleansJobs.Workers.Registration;

/// <summary>The forms of numbers in configurations. Each answers null to a text of another form.</summary>
internal static class ConfigurationText
{
    public static int? Int(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    public static double? Double(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
