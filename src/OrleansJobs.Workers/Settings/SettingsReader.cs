using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace OrleansJobs.Workers.Settings;

/// <summary>
/// Reads the settings of a section one by one and gathers what is wrong with them; a key that nobody read is wrong too. An empty text is
/// none.
/// </summary>
public sealed class SettingsReader
{
    private readonly IConfigurationSection _section;
    private readonly KnownKeys _known;
    private readonly List<string> _faults = [];

    /// <summary>Reads a section, such as <c>JobGrid</c>.</summary>
    public SettingsReader(IConfigurationSection section)
        : this(section, new KnownKeys())
    {
    }

    private SettingsReader(IConfigurationSection section, KnownKeys known)
    {
        ArgumentNullException.ThrowIfNull(section);
        _section = section;
        _known = known;
    }

    /// <summary>What is wrong so far, each fault in a sentence.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>A text; <paramref name="standard"/> where there is none.</summary>
    public string Text(string key, string standard) => Value(key) ?? standard;

    /// <summary>A text, if there is one.</summary>
    public string? Text(string key) => Value(key);

    /// <summary>A whole number from <paramref name="lowest"/> to <paramref name="highest"/>.</summary>
    public int Number(string key, int standard, int lowest, int highest) => Read(key, standard, $"{lowest} to {highest}", text =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest ? number : null);

    /// <summary>True or false.</summary>
    public bool Flag(string key, bool standard) =>
        Read(key, standard, "true or false", text => bool.TryParse(text, out var flag) ? flag : null);

    /// <summary>One of some names, in whatever case; the first one where there is none.</summary>
    /// <returns>The name as it is in <paramref name="names"/>.</returns>
    public string Choice(string key, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (Value(key) is not { } text)
        {
            return names[0];
        }

        var choice = names.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        Require(choice is not null, $"{Path(key)} is '{text}'; allowed is {string.Join(" or ", names)}.");
        return choice ?? names[0];
    }

    /// <summary>A duration from <paramref name="shortest"/> to <paramref name="longest"/>, in the grammar of <see cref="JobDuration"/>.</summary>
    public TimeSpan Duration(string key, TimeSpan standard, TimeSpan shortest, TimeSpan longest)
    {
        if (Value(key) is not { } text)
        {
            return standard;
        }

        if (!JobDuration.TryParse(text, out var duration, out var fault))
        {
            Require(false, $"{Path(key)} is '{text}': {fault}.");
            return standard;
        }

        var valid = duration >= shortest && duration <= longest;
        Require(valid, $"{Path(key)} is '{text}'; allowed is {JobDuration.Format(shortest)} to {JobDuration.Format(longest)}.");
        return valid ? duration : standard;
    }

    /// <summary>An IP address.</summary>
    public IPAddress? Address(string key, IPAddress? standard)
    {
        if (Value(key) is not { } text)
        {
            return standard;
        }

        var valid = IPAddress.TryParse(text, out var address);
        Require(valid, $"{Path(key)} is '{text}'; allowed is an IP address.");
        return address ?? standard;
    }

    /// <summary>Notes a fault unless something holds.</summary>
    public void Require(bool holds, string fault)
    {
        if (!holds)
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Notes that somebody else reads a key and all that is below it, and what that found wrong.</summary>
    public void Elsewhere(string key, IEnumerable<string> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        _known.AddAll(key);
        _faults.AddRange(faults);
    }

    /// <summary>A reader by which keys become known that are without effect as things are; what is wrong with them is not told.</summary>
    public SettingsReader WithoutEffect() => new(_section, _known);

    /// <summary>Makes a fault of every key that was not read: a misspelt setting must not be taken for one that was never made.</summary>
    public void RefuseUnknown() => _faults.AddRange(_known.Unknown(_section));

    private T Read<T>(string key, T standard, string allowed, Func<string, T?> parse) where T : struct
    {
        if (Value(key) is not { } text)
        {
            return standard;
        }

        var value = parse(text);
        Require(value is not null, $"{Path(key)} is '{text}'; allowed is {allowed}.");
        return value ?? standard;
    }

    private string? Value(string key)
    {
        _known.Add(key);
        return _section[key] is { Length: > 0 } text ? text : null;
    }

    private string Path(string key) => $"{_section.Path}:{key}";
}
