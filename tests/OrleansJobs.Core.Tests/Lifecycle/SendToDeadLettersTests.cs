using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Tests.Lifecycle;

public sealed class SendToDeadLettersTests
{
    [Fact]
    public void SendToDeadLetters_OfAWaitingJob_EndsItWithTheReason()
    {
        var next = Sample.Job(JobState.Queued).After(new SendToDeadLetters("given up"));

        Assert.Equal((JobState.DeadLettered, new JobError(JobError.DeadLetter, "given up")), (next.State, next.LastError));
        Assert.Equal(Sample.Now, next.FinishedAt);
    }

    [Fact]
    public void SendToDeadLetters_WithALongReason_CutsIt()
    {
        var next = Sample.Job(JobState.Queued).After(new SendToDeadLetters(new string('x', 5_000)));
        Assert.Equal(JobLimits.MaxReasonLength, next.LastError!.Message.Length);
    }
}
