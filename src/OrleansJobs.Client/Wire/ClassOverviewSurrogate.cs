namespace OrleansJobs.Client.Wire;

/// <summary><see cref="ClassOverview"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.class-overview")]
internal struct ClassOverviewSurrogate
{
    [Id(0)]
    public JobClassStatus Status;

    [Id(1)]
    public JobClassHistory History;
}

/// <summary>Moves <see cref="ClassOverview"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class ClassOverviewConverter : IConverter<ClassOverview, ClassOverviewSurrogate>
{
    public ClassOverview ConvertFromSurrogate(in ClassOverviewSurrogate surrogate) => new(surrogate.Status, surrogate.History);

    public ClassOverviewSurrogate ConvertToSurrogate(in ClassOverview value) => new()
    {
        Status = value.Status,
        History = value.History,
    };
}
