using Microsoft.Extensions.Logging;

namespace OrleansJobs;

/// <summary>A line that an attempt wrote to its context's logger.</summary>
/// <param name="Sequence">Its place among the job's lines; it only ever rises.</param>
/// <param name="At">When it was written.</param>
/// <param name="Attempt">The attempt that wrote it, from 1.</param>
/// <param name="Level">How serious it is.</param>
/// <param name="Text">What it says, with its exception, cut to <see cref="InsightLimits.MaxLogLineLength"/>.</param>
public sealed record JobLogLine(long Sequence, DateTimeOffset At, int Attempt, LogLevel Level, string Text);
