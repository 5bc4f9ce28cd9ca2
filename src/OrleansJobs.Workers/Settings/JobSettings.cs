using Microsoft.Extensions.Configuration;

namespace OrleansJobs.Workers.Settings;

/// <summary>
/// The settings of the grid in a host's configuration. A host that has them as a service lets its configuration have a say, and is checked
/// at start.
/// </summary>
/// <param name="configuration">The host's configuration.</param>
public sealed class JobSettings(IConfiguration configuration)
{
    /// <summary>The section that holds them.</summary>
    public const string Section = "JobGrid";

    /// <summary>A reader of them that has found no fault yet.</summary>
    public SettingsReader Read() => new(configuration.GetSection(Section));
}
