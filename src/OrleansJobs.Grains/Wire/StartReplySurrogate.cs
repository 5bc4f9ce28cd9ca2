using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Grains.Wire;

/// <summary><see cref="StartReply"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.start-reply")]
internal struct StartReplySurrogate
{
    [Id(0)]
    public Verdict Verdict;

    [Id(1)]
    public JobRecord? Job;
}

/// <summary>Moves <see cref="StartReply"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class StartReplyConverter : IConverter<StartReply, StartReplySurrogate>
{
    public StartReply ConvertFromSurrogate(in StartReplySurrogate surrogate) => new(surrogate.Verdict, surrogate.Job);

    public StartReplySurrogate ConvertToSurrogate(in StartReply value) => new()
    {
        Verdict = value.Verdict,
        Job = value.Job,
    };
}
