namespace OrleansJobs.Abstractions.Tests.Jobs;

public sealed class JobErrorTests
{
    [Fact]
    public void From_TakesTypeMessageAndStack()
    {
        var error = JobError.From(Thrown());

        Assert.Equal(("System.InvalidOperationException", "boom"), (error.Type, error.Message));
        Assert.Contains(nameof(Thrown), error.Stack);
    }

    [Fact]
    public void From_OfALongMessage_CutsItAtTheLimit()
    {
        var error = JobError.From(new InvalidOperationException(new string('x', JobLimits.MaxErrorMessageLength + 1)));

        Assert.Equal(JobLimits.MaxErrorMessageLength, error.Message.Length);
        Assert.EndsWith("x…", error.Message);
    }

    [Fact]
    public void Cut_LeavesWhatFits()
    {
        var error = new JobError("t", new string('x', JobLimits.MaxErrorMessageLength), new string('s', JobLimits.MaxErrorStackLength));
        Assert.Equal(error, error.Cut());
        Assert.Equal(JobLimits.MaxErrorStackLength, (error with { Stack = error.Stack + "s" }).Cut().Stack!.Length);
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("boom");
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }
}
