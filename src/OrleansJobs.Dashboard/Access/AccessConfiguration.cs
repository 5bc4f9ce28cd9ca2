using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OrleansJobs.Http;
using OrleansJobs.Dashboard.Hosting;

namespace OrleansJobs.Dashboard.Access;

/// <summary>Reads access options from a configuration; what cannot be read becomes a fault.</summary>
internal sealed class AccessConfiguration(IConfiguration configuration) : IConfigureOptions<OrleansJobsAccessOptions>
{
    private const string Flags = "true or false";

    private static readonly string[] Known =
    [
        nameof(OrleansJobsAccessOptions.Keys), nameof(OrleansJobsAccessOptions.Schemes), nameof(OrleansJobsAccessOptions.Hosts),
        nameof(OrleansJobsAccessOptions.SignInLifetime), nameof(OrleansJobsAccessOptions.Reveal), nameof(OrleansJobsAccessOptions.AuditSubmits),
        nameof(OrleansJobsAccessOptions.SignInIdleTimeout), nameof(OrleansJobsAccessOptions.SecureCookies),
    ];

    private static readonly string[] KnownOfKey = [nameof(ApiKeyOptions.Hash), nameof(ApiKeyOptions.Role), nameof(ApiKeyOptions.Expires)];

    public void Configure(OrleansJobsAccessOptions options)
    {
        foreach (var child in configuration.GetSection(OrleansJobsAccessOptions.Section).GetChildren())
        {
            Read(child, options);
        }
    }

    private static void Read(IConfigurationSection section, OrleansJobsAccessOptions options)
    {
        // Configurations do not tell upper from lower case in keys.
        switch (Known.FirstOrDefault(key => key.Equals(section.Key, StringComparison.OrdinalIgnoreCase)))
        {
            case nameof(options.Keys):
                ReadKeys(section, options);
                break;
            case nameof(options.Schemes):
                ConfiguredList.Read(section).ToList().ForEach(options.Schemes.Add);
                break;
            case nameof(options.Hosts):
                ConfiguredList.Read(section).ToList().ForEach(options.Hosts.Add);
                break;
            case nameof(options.Reveal):
                section.GetChildren().ToList().ForEach(child => options.Reveal[child.Key] = child.Value ?? "");
                break;
            case nameof(options.SignInLifetime):
                options.SignInLifetime = Read(section, options, JobDuration.TryParse, options.SignInLifetime, JobDuration.Expected);
                break;
            case nameof(options.SignInIdleTimeout):
                options.SignInIdleTimeout = Read(section, options, JobDuration.TryParse, options.SignInIdleTimeout, JobDuration.Expected);
                break;
            case nameof(options.AuditSubmits):
                options.AuditSubmits = Read(section, options, bool.TryParse, options.AuditSubmits, Flags);
                break;
            case nameof(options.SecureCookies):
                options.SecureCookies = Read(section, options, bool.TryParse, options.SecureCookies, Flags);
                break;
            default:
                options.ReadFaults.Add(UnknownName.Fault(OrleansJobsAccessOptions.Section, section.Key, Known));
                break;
        }
    }

    private delegate bool Parser<T>(string? text, out T value);

    private static T Read<T>(IConfigurationSection section, OrleansJobsAccessOptions options, Parser<T> parse, T otherwise, string expected)
    {
        if (parse(section.Value, out var value))
        {
            return value;
        }

        options.ReadFaults.Add($"{section.Path} is '{section.Value}'; allowed is {expected}.");
        return otherwise;
    }

    private static void ReadKeys(IConfigurationSection section, OrleansJobsAccessOptions options)
    {
        foreach (var key in section.GetChildren())
        {
            options.Keys[key.Key] = new ApiKeyOptions
            {
                Hash = key[nameof(ApiKeyOptions.Hash)] ?? "",
                Role = key[nameof(ApiKeyOptions.Role)] ?? "",
                Expires = key.GetSection(nameof(ApiKeyOptions.Expires)) is { Value: { Length: > 0 } } expires
                    ? Read<DateTimeOffset>(expires, options, OffsetTime.TryParse, default, OffsetTime.Expected)
                    : null,
            };
            options.ReadFaults.AddRange(key.GetChildren()
                .Where(child => !KnownOfKey.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                .Select(child => UnknownName.Fault(key.Path, child.Key, KnownOfKey)));
        }
    }
}
