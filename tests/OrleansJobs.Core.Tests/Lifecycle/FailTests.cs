using OrleansJobs.Core.Lifecycle.Commands;
using RetryPolicies = OrleansJobs.Retry;

namespace OrleansJobs.Core.Tests.Lifecycle;

public sealed class FailTests
{
    [Fact]
    public void Fail_WithAttemptsLeft_WaitsTheBackoff()
    {
        var next = Sample.Running.After(Sample.Fail());

        Assert.Equal(JobState.Retrying, next.State);
        Assert.Equal(Sample.Now.AddMinutes(1), next.DueAt);
        Assert.Equal(TimeSpan.FromMinutes(1), next.LastBackoff);
        Assert.Equal(2, next.Attempt);
        Assert.Null(next.FinishedAt);
    }

    [Fact]
    public void Fail_TellsTheBackoffWhichAttemptFailedAndHowLongTheLastOneWas()
    {
        var job = Sample.Running with { Attempt = 2, LastBackoff = TimeSpan.FromSeconds(100) };
        var growing = RetryPolicies.Exponential(5, TimeSpan.FromSeconds(1), jitter: Jitter.None);
        var decorrelated = growing with { Jitter = Jitter.Decorrelated };

        Assert.Equal(TimeSpan.FromSeconds(2), job.After(Sample.Fail() with { Policy = growing }).LastBackoff);
        Assert.Equal(TimeSpan.FromSeconds(150.5), job.After(Sample.Fail() with { Policy = decorrelated }).LastBackoff);
    }

    [Fact]
    public void Fail_RecordsTheAttempt()
    {
        var next = Sample.Running.After(Sample.Fail());

        Assert.Equal(Sample.Boom, next.LastError);
        Assert.Equal(2, next.Attempts.Count);
        Assert.Equal(
            new JobAttempt(2, Sample.Silo, Sample.Running.StartedAt!.Value, Sample.Now, AttemptOutcome.Failed, Sample.Boom) { DueAt = Sample.Running.DueAt },
            next.Attempts[^1]);
    }

    [Fact]
    public void Fail_WithADelayOfItsOwn_WaitsThatInstead()
    {
        var next = Sample.Running.After(Sample.Fail(retryAfter: TimeSpan.FromHours(2)));

        Assert.Equal(Sample.Now.AddHours(2), next.DueAt);
        Assert.Equal(TimeSpan.FromHours(2), next.LastBackoff);
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(400, 366)]
    public void Fail_WithADelayOutOfRange_WaitsTheNearestAllowed(int days, int allowed)
    {
        var next = Sample.Running.After(Sample.Fail(retryAfter: TimeSpan.FromDays(days)));
        Assert.Equal(Sample.Now.AddDays(allowed), next.DueAt);
    }

    [Fact]
    public void Fail_OfTheLastAttempt_IsDeadLettered()
    {
        var job = Sample.Running with { Attempt = 3 };

        var next = job.After(Sample.Fail());

        Assert.Equal(JobState.DeadLettered, next.State);
        Assert.Equal(Sample.Now, next.FinishedAt);
        Assert.Equal(Sample.Boom, next.LastError);
        Assert.Equal(job.Checkpoint, next.Checkpoint);
    }

    [Fact]
    public void Fail_GoesByTheAttemptsOfTheJob_NotOfThePolicy()
    {
        var next = (Sample.Running with { MaxAttempts = 2 }).After(Sample.Fail());
        Assert.Equal(JobState.DeadLettered, next.State);
    }

    [Fact]
    public void Fail_AfterACancelRequest_IsCancelledForTheReasonGiven()
    {
        var next = Sample.Cancelling.After(Sample.Fail());

        Assert.Equal(JobState.Cancelled, next.State);
        Assert.Equal(new JobError(JobError.Cancelled, "not wanted"), next.LastError);
        Assert.Equal((AttemptOutcome.Failed, Sample.Boom), (next.Attempts[^1].Outcome, next.Attempts[^1].Error));
    }

    [Fact]
    public void Fail_RemembersTheLatestAttemptsOnly()
    {
        var old = Sample.Running.Attempts[0];
        var job = Sample.Running with { Attempts = [.. Enumerable.Range(1, JobLimits.MaxAttemptHistory).Select(n => old with { Number = n })] };

        var next = job.After(Sample.Fail());

        Assert.Equal(JobLimits.MaxAttemptHistory, next.Attempts.Count);
        Assert.Equal(2, next.Attempts[0].Number);
        Assert.Equal(Sample.Boom, next.Attempts[^1].Error);
        Assert.Equal(Sample.Now, next.Attempts[^1].EndedAt);
    }

    [Fact]
    public void Fail_WithTextThatNoDatabaseTakes_StoresTextThatOneDoes()
    {
        Assert.Equal("nul \uFFFD here", StoredMessage("nul \0 here"));
        Assert.Equal("half \uFFFD here", StoredMessage("half \uD83E here"));
        Assert.Equal("fox \uD83E\uDD8A here", StoredMessage("fox \uD83E\uDD8A here"));
    }

    [Fact]
    public void Fail_WithLongTexts_CutsThem()
    {
        var error = new JobError("T", new string('x', 9_000), new string('s', 9_000));

        var stored = Sample.Running.After(Sample.Fail() with { Error = error }).LastError!;

        Assert.Equal(JobLimits.MaxErrorMessageLength, stored.Message.Length);
        Assert.Equal(JobLimits.MaxErrorStackLength, stored.Stack!.Length);
    }

    private static string StoredMessage(string message) =>
        Sample.Running.After(Sample.Fail() with { Error = new JobError("T", message) }).LastError!.Message;
}
