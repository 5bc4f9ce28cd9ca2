namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>The attempt failed.</summary>
/// <param name="LeaseToken">The token that the start answered with.</param>
/// <param name="Error">Why.</param>
/// <param name="Policy">The class's retry policy.</param>
/// <param name="Random">A random number in [0, 1) for the backoff's jitter.</param>
/// <param name="Retryable">False if the job must not be tried again.</param>
/// <param name="RetryAfter">A delay instead of the policy's.</param>
public sealed record Fail(
    long LeaseToken, JobError Error, RetryPolicy Policy, double Random, bool Retryable = true, TimeSpan? RetryAfter = null)
    : LeaseCommand(LeaseToken);
