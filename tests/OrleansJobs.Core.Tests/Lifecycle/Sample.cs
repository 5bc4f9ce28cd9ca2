using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using RetryPolicies = OrleansJobs.Retry;

namespace OrleansJobs.Core.Tests.Lifecycle;

/// <summary>Jobs in every state, and the commands that the tests give them.</summary>
internal static class Sample
{
    public const string Silo = "silo-a";
    public const string OtherSilo = "silo-b";
    public const long Token = 7;
    public static readonly DateTimeOffset Now = new(2030, 5, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly RetryPolicy EveryMinute = RetryPolicies.Fixed(3, TimeSpan.FromMinutes(1));
    public static readonly JobError Boom = new("System.InvalidOperationException", "boom");

    /// <summary>A job in its second of three attempts, or between the first and the second one.</summary>
    public static JobRecord Job(JobState state) => new()
    {
        Id = JobId.Parse("0193b5f2-7c1e-7d3a-9f1b-2a4c6e8f0a1b"),
        JobClass = "email",
        State = state,
        Version = 40,
        MaxAttempts = 3,
        Attempt = state == JobState.Running ? 2 : 1,
        LeaseToken = Token,
        Silo = Silo,
        SubmittedAt = Now.AddHours(-1),
        DueAt = state is JobState.Scheduled or JobState.Retrying ? Now.AddMinutes(10) : Now.AddMinutes(-10),
        StartedAt = Now.AddMinutes(-5),
        FinishedAt = state.IsTerminal() ? Now.AddMinutes(-1) : null,
        LastBackoff = TimeSpan.FromSeconds(3),
        Checkpoint = new byte[] { 1, 2, 3 },
        Progress = new JobProgress(0.5, "half", Now.AddMinutes(-2)),
        LastError = state == JobState.Succeeded ? null : Boom,
        Result = state == JobState.Succeeded ? new byte[] { 9 } : null,
        Attempts = [new JobAttempt(1, Silo, Now.AddMinutes(-40), Now.AddMinutes(-30), AttemptOutcome.Failed, Boom)],
    };

    public static JobRecord Running => Job(JobState.Running);

    public static JobRecord Cancelling => Running with { CancelRequested = true, LastError = new JobError(JobError.Cancelled, "not wanted") };

    public static Fail Fail(long token = Token, bool retryable = true, TimeSpan? retryAfter = null) =>
        new(token, Boom, EveryMinute, Random: 0.5, retryable, retryAfter);

    public static Transition Decide(this JobRecord record, JobCommand command) => JobLifecycle.Decide(record, command, Now);

    /// <summary>The next record of a command that has to be applied.</summary>
    public static JobRecord After(this JobRecord record, JobCommand command)
    {
        var transition = record.Decide(command);
        Assert.Equal(Verdict.Applied, transition.Verdict);
        return transition.Next;
    }
}
