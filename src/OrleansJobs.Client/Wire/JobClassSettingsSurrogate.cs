namespace OrleansJobs.Client.Wire;

/// <summary><see cref="JobClassSettings"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.class-settings")]
internal struct JobClassSettingsSurrogate
{
    [Id(0)]
    public long Revision;

    [Id(1)]
    public int MaxLocalWorkers;

    [Id(2)]
    public int MaxConcurrentJobs;

    [Id(3)]
    public int MaxConcurrentJobsPerTenant;

    [Id(4)]
    public Rate Rate;

    [Id(5)]
    public Dictionary<string, int> TenantWeights;

    [Id(6)]
    public bool Paused;
}

/// <summary>Moves <see cref="JobClassSettings"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class JobClassSettingsConverter : IConverter<JobClassSettings, JobClassSettingsSurrogate>
{
    public JobClassSettings ConvertFromSurrogate(in JobClassSettingsSurrogate surrogate) => new()
    {
        Revision = surrogate.Revision,
        MaxLocalWorkers = surrogate.MaxLocalWorkers,
        MaxConcurrentJobs = surrogate.MaxConcurrentJobs,
        MaxConcurrentJobsPerTenant = surrogate.MaxConcurrentJobsPerTenant,
        Rate = surrogate.Rate,
        TenantWeights = surrogate.TenantWeights,
        Paused = surrogate.Paused,
    };

    public JobClassSettingsSurrogate ConvertToSurrogate(in JobClassSettings value) => new()
    {
        Revision = value.Revision,
        MaxLocalWorkers = value.MaxLocalWorkers,
        MaxConcurrentJobs = value.MaxConcurrentJobs,
        MaxConcurrentJobsPerTenant = value.MaxConcurrentJobsPerTenant,
        Rate = value.Rate,
        TenantWeights = new(value.TenantWeights, StringComparer.Ordinal),
        Paused = value.Paused,
    };
}
