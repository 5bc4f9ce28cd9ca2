using System.Globalization;
using LearningPlatform.Email;
using Microsoft.Extensions.Configuration;
using OrleansJobs;

namespace LearningPlatform;

/// <summary>
/// Reads the options from a configuration. Not by the framework's binder: that passes over keys it does not know, and adds to lists that
/// have a default instead of replacing them.
/// </summary>
internal sealed class LearningPlatformConfiguration(IConfiguration section)
{
    private readonly List<string> _faults = [];

    /// <summary>The options; what is not set stays at its default.</summary>
    /// <exception cref="InvalidOptionsException">A key is not known or a value does not parse.</exception>
    public LearningPlatformOptions Read()
    {
        var options = new LearningPlatformOptions();
        foreach (var entry in section.GetChildren())
            options = With(options, entry);
        return _faults.Count == 0 ? options : throw new InvalidOptionsException(_faults);
    }

    private LearningPlatformOptions With(LearningPlatformOptions options, IConfigurationSection entry) => entry.Key.ToUpperInvariant() switch
    {
        "DATADIRECTORY" => options with { DataDirectory = entry.Value ?? "" },
        "SOURCEDIRECTORIES" => options with { SourceDirectories = Texts(entry) },
        "QUALITIES" => options with { Qualities = Numbers(entry) },
        "CHUNKBYTES" => options with { ChunkBytes = Number(entry) },
        "CHUNKSPERCHECKPOINT" => options with { ChunksPerCheckpoint = Number(entry) },
        "MAXINDEXEDBYTES" => options with { MaxIndexedBytes = Number(entry) },
        "SENDER" => options with { Sender = entry.Value ?? "" },
        "SMTP" => options with { Smtp = Smtp(entry) },
        _ => Unknown(options, entry, "DataDirectory, SourceDirectories, Qualities, ChunkBytes, ChunksPerCheckpoint, MaxIndexedBytes, Sender, Smtp"),
    };

    private SmtpOptions? Smtp(IConfigurationSection smtp)
    {
        var options = new SmtpOptions();
        var entries = smtp.GetChildren().ToArray();
        if (entries.Length == 0 && smtp.Value is { Length: > 0 } value)
            _faults.Add($"{smtp.Path} is '{value}'; it must be a section with Host, Port, UseTls, UserName, Password.");
        foreach (var entry in entries)
            options = With(options, entry);
        return entries.Length == 0 ? null : options;
    }

    private SmtpOptions With(SmtpOptions options, IConfigurationSection entry) => entry.Key.ToUpperInvariant() switch
    {
        "HOST" => options with { Host = entry.Value ?? "" },
        "PORT" => options with { Port = Number(entry) },
        "USETLS" => options with { UseTls = Truth(entry) },
        "USERNAME" => options with { UserName = entry.Value },
        "PASSWORD" => options with { Password = entry.Value },
        _ => Unknown(options, entry, "Host, Port, UseTls, UserName, Password"),
    };

    /// <summary>A list in JSON, or texts with semicolons between them.</summary>
    private static List<string> Texts(IConfigurationSection entry) => entry.Value is { } text
        ? [.. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]
        : [.. entry.GetChildren().Select(child => child.Value ?? "")];

    /// <summary>A list in JSON, or numbers with commas between them.</summary>
    private List<int> Numbers(IConfigurationSection entry) => entry.Value is { } text
        ? [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => Number(entry.Path, part))]
        : [.. entry.GetChildren().Select(Number)];

    private int Number(IConfigurationSection entry) => Number(entry.Path, entry.Value);

    private int Number(string path, string? text)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;

        _faults.Add($"{path} is '{text}'; it must be a whole number.");
        return 0;
    }

    private bool Truth(IConfigurationSection entry)
    {
        if (!bool.TryParse(entry.Value, out var truth))
            _faults.Add($"{entry.Path} is '{entry.Value}'; it must be true or false.");
        return truth;
    }

    private T Unknown<T>(T options, IConfigurationSection entry, string known)
    {
        _faults.Add($"{entry.Path} is not known; known are {known}.");
        return options;
    }
}
