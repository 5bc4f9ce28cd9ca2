using Microsoft.Extensions.Configuration;

namespace OrleansJobs.Dashboard.Hosting;

/// <summary>Lists in a configuration.</summary>
internal static class ConfiguredList
{
    /// <summary>The values of a list of its own (<c>Hosts:0</c>, …), or of one with commas.</summary>
    public static IEnumerable<string> Read(IConfigurationSection section) => section.GetChildren().Select(child => child.Value ?? "")
        .Concat((section.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
