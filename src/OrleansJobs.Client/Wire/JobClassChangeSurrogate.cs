namespace OrleansJobs.Client.Wire;

/// <summary><see cref="JobClassChange"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.class-change")]
internal struct JobClassChangeSurrogate
{
    [Id(0)]
    public int? MaxLocalWorkers;

    [Id(1)]
    public int? MaxConcurrentJobs;

    [Id(2)]
    public int? MaxConcurrentJobsPerTenant;

    [Id(3)]
    public Rate? Rate;

    [Id(4)]
    public Dictionary<string, int>? TenantWeights;

    [Id(5)]
    public bool? Paused;
}

/// <summary>Moves <see cref="JobClassChange"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class JobClassChangeConverter : IConverter<JobClassChange, JobClassChangeSurrogate>
{
    public JobClassChange ConvertFromSurrogate(in JobClassChangeSurrogate surrogate) => new()
    {
        MaxLocalWorkers = surrogate.MaxLocalWorkers,
        MaxConcurrentJobs = surrogate.MaxConcurrentJobs,
        MaxConcurrentJobsPerTenant = surrogate.MaxConcurrentJobsPerTenant,
        Rate = surrogate.Rate,
        TenantWeights = surrogate.TenantWeights,
        Paused = surrogate.Paused,
    };

    public JobClassChangeSurrogate ConvertToSurrogate(in JobClassChange value) => new()
    {
        MaxLocalWorkers = value.MaxLocalWorkers,
        MaxConcurrentJobs = value.MaxConcurrentJobs,
        MaxConcurrentJobsPerTenant = value.MaxConcurrentJobsPerTenant,
        Rate = value.Rate,
        TenantWeights = value.TenantWeights is null ? null : new(value.TenantWeights, StringComparer.Ordinal),
        Paused = value.Paused,
    };
}
