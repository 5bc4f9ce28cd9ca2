using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Hosting.Parts;

/// <summary>How much of the audit trail is kept, of each kind.</summary>
internal sealed class AuditPart : IHostPart
{
    public static AuditOptions Of(SettingsReader settings)
    {
        var standard = new AuditOptions();
        return new AuditOptions
        {
            Changes = Read(settings, nameof(standard.Changes), standard.Changes),
            SignIns = Read(settings, nameof(standard.SignIns), standard.SignIns),
            Refusals = Read(settings, nameof(standard.Refusals), standard.Refusals),
            Submits = Read(settings, nameof(standard.Submits), standard.Submits),
        };
    }

    public void Read(SettingsReader settings) => Of(settings);

    private static AuditRetention Read(SettingsReader settings, string name, AuditRetention standard) => new()
    {
        MaxEntries = settings.Number($"Audit:{name}:MaxEntries", (int)standard.MaxEntries, (int)AuditOptions.MinEntries, (int)AuditOptions.MostEntries),
        MaxAge = settings.Duration($"Audit:{name}:MaxAge", standard.MaxAge, AuditOptions.ShortestAge, JobLimits.MaxRetention),
    };
}
