using OrleansJobs.Core.Dispatch;
using OrleansJobs.Engine.Jobs;

namespace OrleansJobs.Grains.Wire;

/// <summary><see cref="ExpireReply"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.expire-reply")]
internal struct ExpireReplySurrogate
{
    [Id(0)]
    public WaitingJob? Again;

    [Id(1)]
    public bool Finished;
}

/// <summary>Moves <see cref="ExpireReply"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class ExpireReplyConverter : IConverter<ExpireReply, ExpireReplySurrogate>
{
    public ExpireReply ConvertFromSurrogate(in ExpireReplySurrogate surrogate) => new(surrogate.Again, surrogate.Finished);

    public ExpireReplySurrogate ConvertToSurrogate(in ExpireReply value) => new() { Again = value.Again, Finished = value.Finished };
}
