using Microsoft.Extensions.Logging;

namespace OrleansJobs;

/// <summary>A line that an attempt wrote to its context's logger.</summary>
/// <param name="Sequence">Its place among the job's lines; it only ever rises.</param>
/// <param name="At">When it was written.</param>
/// <param name="Attempt">The attempt that wrote it, from 1.</param>
/// <param name="Level">How serious it is.</param>
/// <param name="Text">What it says, with its exception, cut to <see cref="InsightLimits.MaxLogLineLength"/>.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record JobLogLine(
    [property: Id(0)] long Sequence, [property: Id(1)] DateTimeOffset At, [property: Id(2)] int Attempt, [property: Id(3)] LogLevel Level,
    [property: Id(4)] string Text);
