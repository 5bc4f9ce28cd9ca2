using System.Globalization;
using System.Net;

namespace OrleansJobs.Silo;

/// <summary>Reads settings one by one and gathers what is wrong with them.</summary>
internal sealed class SettingsReader(IConfigurationSection section)
{
    private readonly List<string> _faults = [];

    public string Text(string key, string standard) => section[key] is { Length: > 0 } text ? text : standard;

    public int Number(string key, int standard, int lowest, int highest)
    {
        if (section[key] is not { Length: > 0 } text)
        {
            return standard;
        }

        var valid = int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest;
        Require(valid, $"{Path(key)} is '{text}'; allowed is {lowest} to {highest}.");
        return valid ? number : standard;
    }

    public T Choice<T>(string key, T standard) where T : struct, Enum
    {
        if (section[key] is not { Length: > 0 } text)
        {
            return standard;
        }

        var valid = Enum.TryParse<T>(text, ignoreCase: true, out var choice) && Enum.IsDefined(choice);
        Require(valid, $"{Path(key)} is '{text}'; allowed is {string.Join(" or ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}.");
        return valid ? choice : standard;
    }

    public IPAddress Address(string key, IPAddress standard)
    {
        if (section[key] is not { Length: > 0 } text)
        {
            return standard;
        }

        var valid = IPAddress.TryParse(text, out var address);
        Require(valid, $"{Path(key)} is '{text}'; allowed is an IP address.");
        return address ?? standard;
    }

    public void Require(bool holds, string fault)
    {
        if (!holds)
        {
            _faults.Add(fault);
        }
    }

    public void ThrowIfFaulty()
    {
        if (_faults.Count > 0)
        {
            throw new InvalidOptionsException(_faults);
        }
    }

    private string Path(string key) => $"{section.Path}:{key}";
}
