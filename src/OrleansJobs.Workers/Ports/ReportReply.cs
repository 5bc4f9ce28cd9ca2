using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Workers.Ports;

/// <summary>The answer to a report.</summary>
/// <param name="Verdict">Anything but applied or repeated means that the lease is lost.</param>
/// <param name="CancelRequested">Whether the attempt has been asked to stop.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record ReportReply([property: Id(0)] Verdict Verdict, [property: Id(1)] bool CancelRequested);
