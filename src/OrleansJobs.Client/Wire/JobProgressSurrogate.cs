namespace OrleansJobs.Client.Wire;

/// <summary><see cref="JobProgress"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.progress")]
internal struct JobProgressSurrogate
{
    [Id(0)]
    public double Fraction;

    [Id(1)]
    public string? Message;

    [Id(2)]
    public DateTimeOffset ReportedAt;
}

/// <summary>Moves <see cref="JobProgress"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class JobProgressConverter : IConverter<JobProgress, JobProgressSurrogate>
{
    public JobProgress ConvertFromSurrogate(in JobProgressSurrogate surrogate) => new(
        surrogate.Fraction,
        surrogate.Message,
        surrogate.ReportedAt);

    public JobProgressSurrogate ConvertToSurrogate(in JobProgress value) => new()
    {
        Fraction = value.Fraction,
        Message = value.Message,
        ReportedAt = value.ReportedAt,
    };
}
