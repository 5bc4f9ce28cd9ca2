using Microsoft.Extensions.Configuration;

namespace OrleansJobs.Workers.Registration;

/// <summary>Reads values of a configuration; one that does not parse becomes a fault and leaves the option as it was.</summary>
internal sealed class ConfigurationFaults(List<string> faults)
{
    private delegate bool TryParse<T>(string? text, out T value, out string? fault);

    public void Add(string fault) => faults.Add(fault);

    public int Int(IConfigurationSection section, int otherwise) =>
        Read(section, otherwise, "a whole number", static text => ConfigurationText.Int(text));

    public double Double(IConfigurationSection section, double otherwise) =>
        Read(section, otherwise, "a number", static text => ConfigurationText.Double(text));

    public bool Bool(IConfigurationSection section, bool otherwise) =>
        Read(section, otherwise, "true or false", static text => bool.TryParse(text, out var value) ? value : null);

    public TimeSpan Duration(IConfigurationSection section, TimeSpan otherwise) =>
        Read<TimeSpan>(section, otherwise, JobDuration.Expected, JobDuration.TryParse);

    public Rate Rate(IConfigurationSection section, Rate otherwise) =>
        Read<Rate>(section, otherwise, OrleansJobs.Rate.Expected, OrleansJobs.Rate.TryParse);

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

        List<TimeSpan> durations = [];
        foreach (var part in (section.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!JobDuration.TryParse(part, out var duration, out var fault))
            {
                Add($"{section.Path} is '{section.Value}', whose '{part}' is no duration: {fault}.");
                return otherwise;
            }

            durations.Add(duration);
        }

        if (durations.Count == 0)
        {
            Unreadable(section, $"a list with commas, each {JobDuration.Expected}");
            return otherwise;
        }

        return durations;
    }

    public void Unknown(IConfigurationSection section, IEnumerable<string> known, string what = "a setting") =>
        Add(UnknownName.Fault(ConfigurationPath.GetParentPath(section.Path) ?? "", section.Key, known, what));

    private T Read<T>(IConfigurationSection section, T otherwise, string form, Func<string, T?> parse) where T : struct
    {
        if (section.Value is { } text && !section.GetChildren().Any() && parse(text.Trim()) is { } value)
        {
            return value;
        }

        Unreadable(section, form);
        return otherwise;
    }

    /// <summary>Reads what says itself what is wrong with a text.</summary>
    private T Read<T>(IConfigurationSection section, T otherwise, string form, TryParse<T> parse)
    {
        if (section.Value is not { } text || section.GetChildren().Any())
        {
            Unreadable(section, form);
            return otherwise;
        }

        if (parse(text, out var value, out var fault))
        {
            return value;
        }

        Add($"{section.Path} is '{text}': {fault}.");
        return otherwise;
    }

    private void Unreadable(IConfigurationSection section, string form) =>
        Add($"{section.Path} is {(section.Value is { } text ? $"'{text}'" : "no single value")}; it has to be {form}.");
}
