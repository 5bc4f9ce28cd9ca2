using System.Globalization;
using System.Net;
using OrleansJobs;

namespace LearningPlatform.Hosting;

/// <summary>Reads settings one by one and gathers what is wrong with them; a key that nobody read is wrong too.</summary>
public sealed class SettingsReader(IConfigurationSection section)
{
    private readonly List<string> _faults = [];
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A text; <paramref name="standard"/> where there is none.</summary>
    public string Text(string key, string standard) => Value(key) ?? standard;

    /// <summary>A text, if there is one.</summary>
    public string? Text(string key) => Value(key);

    /// <summary>A whole number from <paramref name="lowest"/> to <paramref name="highest"/>.</summary>
    public int Number(string key, int standard, int lowest, int highest)
    {
        if (Value(key) is not { } text)
        {
            return standard;
        }

        var valid = int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest;
        Require(valid, $"{Path(key)} is '{text}'; allowed is {lowest} to {highest}.");
        return valid ? number : standard;
    }

    /// <summary>True or false.</summary>
    public bool Flag(string key, bool standard)
    {
        if (Value(key) is not { } text)
        {
            return standard;
        }

        var valid = bool.TryParse(text, out var flag);
        Require(valid, $"{Path(key)} is '{text}'; allowed is true or false.");
        return valid ? flag : standard;
    }

    /// <summary>One of an enumeration's names, in whatever case.</summary>
    public T Choice<T>(string key, T standard) where T : struct, Enum
    {
        if (Value(key) is not { } text)
        {
            return standard;
        }

        var valid = Enum.TryParse<T>(text, ignoreCase: true, out var choice) && Enum.IsDefined(choice);
        Require(valid, $"{Path(key)} is '{text}'; allowed is {string.Join(" or ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}.");
        return valid ? choice : standard;
    }

    /// <summary>An IP address.</summary>
    public IPAddress Address(string key, IPAddress standard)
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

    /// <summary>Makes a fault of every key that was not read: a misspelt setting must not be taken for one that was never made.</summary>
    /// <param name="elsewhere">Sections that others read and check.</param>
    internal void RefuseUnknown(params IEnumerable<string> elsewhere) =>
        RefuseUnknown(section, "", new HashSet<string>(elsewhere, StringComparer.OrdinalIgnoreCase));

    /// <summary>Tells all that is wrong, if anything is.</summary>
    /// <exception cref="InvalidOptionsException">Lists every fault.</exception>
    internal void ThrowIfFaulty()
    {
        if (_faults.Count > 0)
        {
            throw new InvalidOptionsException(_faults);
        }
    }

    private void RefuseUnknown(IConfigurationSection parent, string prefix, HashSet<string> elsewhere)
    {
        foreach (var child in parent.GetChildren().Where(child => !elsewhere.Contains(prefix + child.Key)))
        {
            var key = prefix + child.Key;
            var holdsOthers = _known.Any(known => known.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase));
            if (holdsOthers)
            {
                RefuseUnknown(child, key + ":", elsewhere);
            }

            var isRead = _known.Contains(key) ? !child.GetChildren().Any() : holdsOthers && child.Value is not { Length: > 0 };
            Require(isRead, $"{child.Path} is not known; known in {parent.Path}: {KnownIn(prefix, elsewhere)}.");
        }
    }

    private string KnownIn(string prefix, HashSet<string> elsewhere) => string.Join(", ", _known.Concat(elsewhere)
        .Where(known => known.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        .Select(known => known[prefix.Length..].Split(':')[0])
        .Distinct(StringComparer.OrdinalIgnoreCase));

    private string? Value(string key)
    {
        _known.Add(key);
        return section[key] is { Length: > 0 } text ? text : null;
    }

    private string Path(string key) => $"{section.Path}:{key}";
}
