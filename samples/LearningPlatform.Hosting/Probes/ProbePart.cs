using OrleansJobs.Workers.Settings;

namespace LearningPlatform.Hosting.Probes;

/// <summary>Has the settings of the probes checked with those of the host.</summary>
internal sealed class ProbePart : IHostPart
{
    public void Read(SettingsReader settings) => ProbeOptions.Read(settings);
}
