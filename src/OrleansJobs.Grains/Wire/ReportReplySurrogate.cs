using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Grains.Wire;

/// <summary><see cref="ReportReply"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.report-reply")]
internal struct ReportReplySurrogate
{
    [Id(0)]
    public Verdict Verdict;

    [Id(1)]
    public bool CancelRequested;
}

/// <summary>Moves <see cref="ReportReply"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class ReportReplyConverter : IConverter<ReportReply, ReportReplySurrogate>
{
    public ReportReply ConvertFromSurrogate(in ReportReplySurrogate surrogate) => new(surrogate.Verdict, surrogate.CancelRequested);

    public ReportReplySurrogate ConvertToSurrogate(in ReportReply value) => new()
    {
        Verdict = value.Verdict,
        CancelRequested = value.CancelRequested,
    };
}
