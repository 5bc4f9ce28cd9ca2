using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Grains.Wire;

/// <summary><see cref="AckReply"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.ack-reply")]
internal struct AckReplySurrogate
{
    [Id(0)]
    public Verdict Verdict;

    [Id(1)]
    public JobState State;

    [Id(2)]
    public DateTimeOffset DueAt;
}

/// <summary>Moves <see cref="AckReply"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class AckReplyConverter : IConverter<AckReply, AckReplySurrogate>
{
    public AckReply ConvertFromSurrogate(in AckReplySurrogate surrogate) => new(surrogate.Verdict, surrogate.State, surrogate.DueAt);

    public AckReplySurrogate ConvertToSurrogate(in AckReply value) => new()
    {
        Verdict = value.Verdict,
        State = value.State,
        DueAt = value.DueAt,
    };
}
