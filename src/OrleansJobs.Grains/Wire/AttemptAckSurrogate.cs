using OrleansJobs.Client.Wire;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Grains.Wire;

/// <summary><see cref="AttemptAck"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.attempt-ack")]
internal struct AttemptAckSurrogate
{
    [Id(0)]
    public long LeaseToken;

    [Id(1)]
    public AttemptOutcome Outcome;

    [Id(2)]
    public byte[]? Result;

    [Id(3)]
    public JobError? Error;

    [Id(4)]
    public bool Retryable;

    [Id(5)]
    public TimeSpan? Delay;

    [Id(6)]
    public string? TraceParent;
}

/// <summary>Moves <see cref="AttemptAck"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class AttemptAckConverter : IConverter<AttemptAck, AttemptAckSurrogate>
{
    public AttemptAck ConvertFromSurrogate(in AttemptAckSurrogate surrogate) => new()
    {
        LeaseToken = surrogate.LeaseToken,
        Outcome = surrogate.Outcome,
        Result = WireBytes.Optional(surrogate.Result),
        Error = surrogate.Error,
        Retryable = surrogate.Retryable,
        Delay = surrogate.Delay,
        TraceParent = surrogate.TraceParent,
    };

    public AttemptAckSurrogate ConvertToSurrogate(in AttemptAck value) => new()
    {
        LeaseToken = value.LeaseToken,
        Outcome = value.Outcome,
        Result = WireBytes.Of(value.Result),
        Error = value.Error,
        Retryable = value.Retryable,
        Delay = value.Delay,
        TraceParent = value.TraceParent,
    };
}
