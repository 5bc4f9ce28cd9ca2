using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Simulation.Shell;

/// <summary>The answer to a start; no job if it is gone.</summary>
internal sealed record StartReply(Verdict Verdict, JobRecord? Job);

/// <summary>The answer to an ack.</summary>
internal sealed record AckReply(Verdict Verdict, JobState State, DateTimeOffset DueAt);

/// <summary>The answer to a report.</summary>
internal sealed record ReportReply(Verdict Verdict, bool CancelRequested);

/// <summary>The answer to an expiry: the job if it waits now.</summary>
internal sealed record ExpireReply(WaitingJob? Again);

/// <summary>The answer to a submit.</summary>
internal sealed record SubmitReply(JobId Job, SubmitStatus Status);

/// <summary>The answer to a command of a user: whether it holds.</summary>
internal sealed record CommandReply(bool Accepted, JobRecord? Job);

/// <summary>How an attempt ended, as its silo sends it.</summary>
internal sealed record Ack(long LeaseToken, AttemptOutcome Outcome, bool Retryable = true, TimeSpan? Delay = null);
