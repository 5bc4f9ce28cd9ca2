namespace OrleansJobs.Http;

/// <summary>Why a job is cancelled or sent to the dead letters.</summary>
/// <param name="Reason">The reason, at most <see cref="JobLimits.MaxReasonLength"/> characters; longer ones are cut.</param>
public sealed record ReasonRequest(string? Reason = null);
