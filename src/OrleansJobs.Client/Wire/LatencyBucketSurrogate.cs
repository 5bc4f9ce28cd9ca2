namespace OrleansJobs.Client.Wire;

/// <summary><see cref="LatencyBucket"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.latency-bucket")]
internal struct LatencyBucketSurrogate
{
    [Id(0)]
    public TimeSpan From;

    [Id(1)]
    public TimeSpan Below;

    [Id(2)]
    public long Count;
}

/// <summary>Moves <see cref="LatencyBucket"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class LatencyBucketConverter : IConverter<LatencyBucket, LatencyBucketSurrogate>
{
    public LatencyBucket ConvertFromSurrogate(in LatencyBucketSurrogate surrogate) => new(surrogate.From, surrogate.Below, surrogate.Count);

    public LatencyBucketSurrogate ConvertToSurrogate(in LatencyBucket value) => new()
    {
        From = value.From,
        Below = value.Below,
        Count = value.Count,
    };
}
