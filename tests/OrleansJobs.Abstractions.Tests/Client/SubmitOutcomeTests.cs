namespace OrleansJobs.Abstractions.Tests.Client;

public sealed class SubmitOutcomeTests
{
    [Fact]
    public void OrThrow_ThrowsTheErrorOfARefusal()
    {
        var accepted = new SubmitOutcome(JobId.New(), SubmitStatus.Accepted);
        Assert.Same(accepted, accepted.OrThrow());

        var error = new InvalidRequestException("Priority is 12; allowed is 0 to 9.");
        Assert.Same(error, Assert.Throws<InvalidRequestException>(() => new SubmitOutcome(JobId.New(), SubmitStatus.Refused, error).OrThrow()));
    }
}
