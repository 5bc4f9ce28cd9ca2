using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Hosting.Parts;

/// <summary>How long the process may take to leave.</summary>
internal sealed class ShutdownPart(JobSettings settings) : IHostPart, IPostConfigureOptions<HostOptions>
{
    public const string Key = "ShutdownTimeout";

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(2);

    /// <summary>Longer than a drain with the standard times of workers; the application's own configuration comes after and wins.</summary>
    public static void SetDefault(HostOptions host) => host.ShutdownTimeout = TimeSpan.FromSeconds(40);

    public void Read(SettingsReader settings) => Of(settings, Shortest);

    public void PostConfigure(string? name, HostOptions options) => options.ShutdownTimeout = Of(settings.Read(), options.ShutdownTimeout);

    private static TimeSpan Of(SettingsReader settings, TimeSpan standard) => settings.Duration(Key, standard, Shortest, Longest);
}
