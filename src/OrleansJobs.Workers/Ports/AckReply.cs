using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Workers.Ports;

/// <summary>The answer to an ack.</summary>
/// <param name="Verdict">Applied or repeated: accepted. Anything else: refused, and the attempt does not count.</param>
/// <param name="State">The job's state now.</param>
/// <param name="DueAt">When a job that waits again is due.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record AckReply([property: Id(0)] Verdict Verdict, [property: Id(1)] JobState State, [property: Id(2)] DateTimeOffset DueAt);
