namespace OrleansJobs.Client.Wire;

/// <summary><see cref="TenantUse"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.tenant-use")]
internal struct TenantUseSurrogate
{
    [Id(0)]
    public string Tenant;

    [Id(1)]
    public int Weight;

    [Id(2)]
    public int Waiting;

    [Id(3)]
    public bool Spilled;

    [Id(4)]
    public int Running;

    [Id(5)]
    public long Started;
}

/// <summary>Moves <see cref="TenantUse"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class TenantUseConverter : IConverter<TenantUse, TenantUseSurrogate>
{
    public TenantUse ConvertFromSurrogate(in TenantUseSurrogate surrogate) => new()
    {
        Tenant = surrogate.Tenant,
        Weight = surrogate.Weight,
        Waiting = surrogate.Waiting,
        Spilled = surrogate.Spilled,
        Running = surrogate.Running,
        Started = surrogate.Started,
    };

    public TenantUseSurrogate ConvertToSurrogate(in TenantUse value) => new()
    {
        Tenant = value.Tenant,
        Weight = value.Weight,
        Waiting = value.Waiting,
        Spilled = value.Spilled,
        Running = value.Running,
        Started = value.Started,
    };
}
