using Microsoft.Extensions.Configuration;
using Npgsql;

namespace OrleansJobs.Aspire;

/// <summary>Reads the settings of a connection; what is not known, or cannot be read, is a fault.</summary>
internal sealed class SettingsSource(IConfiguration configuration, string connectionName)
{
    private static readonly Dictionary<string, Action<OrleansJobsSettings, string>> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(OrleansJobsSettings.ConnectionString)] = (settings, text) => settings.ConnectionString = text,
        [nameof(OrleansJobsSettings.Schema)] = (settings, text) => settings.Schema = text.Length > 0 ? text : null,
    };

    private static readonly Dictionary<string, Action<OrleansJobsSettings, bool>> Switches = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(OrleansJobsSettings.DisableHealthChecks)] = (settings, value) => settings.DisableHealthChecks = value,
        [nameof(OrleansJobsSettings.DisableTracing)] = (settings, value) => settings.DisableTracing = value,
        [nameof(OrleansJobsSettings.DisableMetrics)] = (settings, value) => settings.DisableMetrics = value,
    };

    private readonly OrleansJobsSettings _settings = new();
    private readonly List<string> _faults = [];

    /// <summary>The settings, as the section, that of the connection, the connection string and the application say, in this order.</summary>
    /// <exception cref="InvalidOptionsException">Something is not valid, or there is no connection string; the text lists every fault.</exception>
    public OrleansJobsSettings Read(Action<OrleansJobsSettings>? configure)
    {
        var section = configuration.GetSection(OrleansJobsSettings.Section);
        Read(section);
        Read(section.GetSection(connectionName));
        _settings.ConnectionString = configuration.GetConnectionString(connectionName) ?? _settings.ConnectionString;
        configure?.Invoke(_settings);
        if (ConnectionFault() is { } fault)
        {
            _faults.Add(fault);
        }

        return _faults.Count == 0 ? _settings : throw new InvalidOptionsException(_faults);
    }

    /// <summary>Sections are of connections; values are settings.</summary>
    private void Read(IConfigurationSection section)
    {
        foreach (var entry in section.GetChildren())
        {
            if (entry.Value is { } text)
            {
                Read(section, entry, text);
            }
        }
    }

    private void Read(IConfigurationSection section, IConfigurationSection entry, string text)
    {
        if (Texts.TryGetValue(entry.Key, out var take))
        {
            take(_settings, text);
        }
        else if (!Switches.TryGetValue(entry.Key, out var set))
        {
            _faults.Add(UnknownName.Fault(section.Path, entry.Key, Texts.Keys.Concat(Switches.Keys)));
        }
        else if (bool.TryParse(text, out var value))
        {
            set(_settings, value);
        }
        else
        {
            _faults.Add($"{entry.Path} is '{text}'; it must be true or false.");
        }
    }

    // The text may hold a password and is never part of a message.
    private string? ConnectionFault()
    {
        if (string.IsNullOrWhiteSpace(_settings.ConnectionString))
        {
            return $"ConnectionStrings:{connectionName} is missing; reference the database '{connectionName}' in the app host, "
                + $"or set it or {OrleansJobsSettings.Section}:ConnectionString.";
        }

        return IsOfNpgsql(_settings.ConnectionString)
            ? null
            : $"The connection string of '{connectionName}' is not valid; it must be of the form 'Host=…;Database=…;Username=…;Password=…'.";
    }

    private static bool IsOfNpgsql(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
