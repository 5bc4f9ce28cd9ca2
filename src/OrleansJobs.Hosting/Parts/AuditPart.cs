using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Hosting.Parts;

/// <summary>How much of the audit trail is kept.</summary>
internal sealed class AuditPart : IHostPart
{
    public static AuditOptions Of(SettingsReader settings)
    {
        var standard = new AuditOptions();
        return new AuditOptions
        {
            MaxEntries = settings.Number("Audit:MaxEntries", (int)standard.MaxEntries, (int)AuditOptions.MinEntries, (int)AuditOptions.MostEntries),
            MaxAge = settings.Duration("Audit:MaxAge", standard.MaxAge, AuditOptions.ShortestAge, JobLimits.MaxRetention),
        };
    }

    public void Read(SettingsReader settings) => Of(settings);
}
