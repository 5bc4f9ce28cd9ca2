using OrleansJobs.Workers.Settings;

namespace LearningPlatform.Hosting.Probes;

/// <summary>Settings of the probe classes.</summary>
/// <param name="Enabled">Whether the host has them. Not in production: a probe can end the process.</param>
/// <param name="EffectsDirectory">Where each process writes a file with a line for each start and end of a probe; null for nowhere.</param>
internal sealed record ProbeOptions(bool Enabled, string? EffectsDirectory)
{
    public static ProbeOptions Read(SettingsReader reader) => new(reader.Flag("Probe:Enabled", false), reader.Text("Probe:EffectsDirectory"));
}
