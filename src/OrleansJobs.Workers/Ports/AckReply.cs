using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Workers.Ports;

/// <summary>The answer to an ack.</summary>
/// <param name="Verdict">Applied or repeated: accepted. Anything else: refused, and the attempt does not count.</param>
/// <param name="State">The job's state now.</param>
/// <param name="DueAt">When a job that waits again is due.</param>
public sealed record AckReply(Verdict Verdict, JobState State, DateTimeOffset DueAt);
