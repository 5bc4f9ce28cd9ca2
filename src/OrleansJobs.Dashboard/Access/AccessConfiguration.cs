using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OrleansJobs.Dashboard.Hosting;

namespace OrleansJobs.Dashboard.Access;

/// <summary>Reads access options from a configuration; what cannot be read becomes a fault.</summary>
internal sealed class AccessConfiguration(IConfiguration configuration) : IConfigureOptions<OrleansJobsAccessOptions>
{
    private static readonly string[] Known =
    [
        nameof(OrleansJobsAccessOptions.Keys), nameof(OrleansJobsAccessOptions.Schemes), nameof(OrleansJobsAccessOptions.Hosts),
        nameof(OrleansJobsAccessOptions.SignInLifetime), nameof(OrleansJobsAccessOptions.Reveal), nameof(OrleansJobsAccessOptions.AuditSubmits),
    ];

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
            case nameof(options.SignInLifetime) when JobDuration.TryParse(section.Value, out var lifetime):
                options.SignInLifetime = lifetime;
                break;
            case nameof(options.SignInLifetime):
                options.ReadFaults.Add($"{section.Path} is '{section.Value}'; allowed is {JobDuration.Expected}.");
                break;
            case nameof(options.AuditSubmits) when bool.TryParse(section.Value, out var audit):
                options.AuditSubmits = audit;
                break;
            case nameof(options.AuditSubmits):
                options.ReadFaults.Add($"{section.Path} is '{section.Value}'; allowed is true or false.");
                break;
            default:
                options.ReadFaults.Add(UnknownName.Fault(OrleansJobsAccessOptions.Section, section.Key, Known));
                break;
        }
    }

    private static void ReadKeys(IConfigurationSection section, OrleansJobsAccessOptions options)
    {
        foreach (var key in section.GetChildren())
        {
            options.Keys[key.Key] = new ApiKeyOptions { Hash = key[nameof(ApiKeyOptions.Hash)] ?? "", Role = key[nameof(ApiKeyOptions.Role)] ?? "" };
            options.ReadFaults.AddRange(key.GetChildren()
                .Where(child => !IsOne(child.Key, nameof(ApiKeyOptions.Hash)) && !IsOne(child.Key, nameof(ApiKeyOptions.Role)))
                .Select(child => UnknownName.Fault(key.Path, child.Key, [nameof(ApiKeyOptions.Hash), nameof(ApiKeyOptions.Role)])));
        }
    }

    private static bool IsOne(string key, string name) => key.Equals(name, StringComparison.OrdinalIgnoreCase);
}
