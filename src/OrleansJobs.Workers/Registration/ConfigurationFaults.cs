using Microsoft.Extensions.Configuration;

namespace OrleansJobs.Workers.Registration;

/// <summary>Reads values of a configuration; one that does not parse becomes a fault and leaves the option as it was.</summary>
internal sealed class ConfigurationFaults(List<string> faults)
{
    private const string DurationForm = "a duration such as 250ms, 30s, 5m, 12h, 7d or 00:00:30";

    public void Add(string fault) => faults.Add(fault);

    public int Int(IConfigurationSection section, int otherwise) =>
        Read(section, otherwise, "a whole number", static text => ConfigurationText.Int(text));

    public double Double(IConfigurationSection section, double otherwise) =>
        Read(section, otherwise, "a number", static text => ConfigurationText.Double(text));

    public bool Bool(IConfigurationSection section, bool otherwise) =>
        Read(section, otherwise, "true or false", static text => bool.TryParse(text, out var value) ? value : null);

    public TimeSpan Duration(IConfigurationSection section, TimeSpan otherwise) =>
        Read(section, otherwise, DurationForm, static text => ConfigurationText.Duration(text));

    public Rate Rate(IConfigurationSection section, Rate otherwise) =>
        Read(section, otherwise, "a rate such as 50/s, 600/m, 1000/h, 5000/d or unlimited", static text => ConfigurationText.Rate(text));

    public T Enum<T>(IConfigurationSection section, T otherwise) where T : struct, Enum =>
        Read<T>(section, otherwise, "one of " + string.Join(", ", System.Enum.GetNames<T>()), static text =>
            !char.IsAsciiDigit(text.FirstOrDefault()) && System.Enum.TryParse(text, ignoreCase: true, out T value)
            && System.Enum.IsDefined(value) ? value : null);

    public IReadOnlyList<TimeSpan> Durations(IConfigurationSection section, IReadOnlyList<TimeSpan> otherwise)
    {
        if (section.GetChildren().Any())
        {
            return [.. section.GetChildren().Select(child => Duration(child, TimeSpan.Zero))];
        }

        var parts = (section.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var durations = parts.Select(ConfigurationText.Duration).ToList();
        if (durations.Count > 0 && durations.TrueForAll(duration => duration is not null))
        {
            return [.. durations.Select(duration => duration!.Value)];
        }

        Unreadable(section, $"a list with commas of {DurationForm}");
        return otherwise;
    }

    public void Unknown(IConfigurationSection section, IEnumerable<string> known) =>
        Add($"{section.Path} is not known; known here: {string.Join(", ", known)}.");

    private T Read<T>(IConfigurationSection section, T otherwise, string form, Func<string, T?> parse) where T : struct
    {
        if (section.Value is { } text && !section.GetChildren().Any() && parse(text.Trim()) is { } value)
        {
            return value;
        }

        Unreadable(section, form);
        return otherwise;
    }

    private void Unreadable(IConfigurationSection section, string form) =>
        Add($"{section.Path} is {(section.Value is { } text ? $"'{text}'" : "no single value")}; it has to be {form}.");
}
