namespace OrleansJobs.Client.Wire;

/// <summary><see cref="SubmitOptions"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.submit-options")]
internal struct SubmitOptionsSurrogate
{
    [Id(0)]
    public JobId? Id;

    [Id(1)]
    public string Tenant;

    [Id(2)]
    public int Priority;

    [Id(3)]
    public TimeSpan? Delay;

    [Id(4)]
    public DateTimeOffset? DueAt;

    [Id(5)]
    public string? UniqueKey;

    [Id(6)]
    public int? MaxAttempts;

    [Id(7)]
    public TimeSpan? Timeout;

    [Id(8)]
    public int Cost;

    [Id(9)]
    public string[] Tags;
}

/// <summary>Moves <see cref="SubmitOptions"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class SubmitOptionsConverter : IConverter<SubmitOptions, SubmitOptionsSurrogate>
{
    public SubmitOptions ConvertFromSurrogate(in SubmitOptionsSurrogate surrogate) => new()
    {
        Id = surrogate.Id,
        Tenant = surrogate.Tenant,
        Priority = surrogate.Priority,
        Delay = surrogate.Delay,
        DueAt = surrogate.DueAt,
        UniqueKey = surrogate.UniqueKey,
        MaxAttempts = surrogate.MaxAttempts,
        Timeout = surrogate.Timeout,
        Cost = surrogate.Cost,
        Tags = surrogate.Tags,
    };

    public SubmitOptionsSurrogate ConvertToSurrogate(in SubmitOptions value) => new()
    {
        Id = value.Id,
        Tenant = value.Tenant,
        Priority = value.Priority,
        Delay = value.Delay,
        DueAt = value.DueAt,
        UniqueKey = value.UniqueKey,
        MaxAttempts = value.MaxAttempts,
        Timeout = value.Timeout,
        Cost = value.Cost,
        Tags = [.. value.Tags],
    };
}
