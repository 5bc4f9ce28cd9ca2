using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Workers.Ports;

/// <summary>The answer to a start.</summary>
/// <param name="Verdict"><see cref="Verdict.Applied"/> if the attempt has started.</param>
/// <param name="Job">The job as it is now, with payload and checkpoint if it has started; null if the job is gone.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record StartReply([property: Id(0)] Verdict Verdict, [property: Id(1)] JobRecord? Job);
