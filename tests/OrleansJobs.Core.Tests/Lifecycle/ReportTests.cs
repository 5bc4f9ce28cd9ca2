using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Tests.Lifecycle;

public sealed class ReportTests
{
    private static readonly JobProgress Progress = new(0.75, "three quarters", Sample.Now);

    [Fact]
    public void Report_ReplacesWhatIsGivenAndLeavesTheRest()
    {
        var progressed = Sample.Running.After(new Report(Sample.Token, Progress, null));
        Assert.Equal(Progress, progressed.Progress);
        Assert.Equal(Sample.Running.Checkpoint!.Value.ToArray(), progressed.Checkpoint!.Value.ToArray());

        var saved = Sample.Running.After(new Report(Sample.Token, null, new byte[] { 8 }));
        Assert.Equal(Sample.Running.Progress, saved.Progress);
        Assert.Equal([8], saved.Checkpoint!.Value.ToArray());
    }

    [Theory]
    [InlineData(-0.5, 0)]
    [InlineData(1.5, 1)]
    [InlineData(double.NaN, 0)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(0.25, 0.25)]
    public void Report_MovesTheFractionIntoItsRange(double given, double stored)
    {
        var next = Sample.Running.After(new Report(Sample.Token, Progress with { Fraction = given }, null));
        Assert.Equal(stored, next.Progress!.Fraction);
    }

    [Fact]
    public void Report_CutsTheMessage()
    {
        var next = Sample.Running.After(new Report(Sample.Token, Progress with { Message = new string('x', 1_000) }, null));

        Assert.Equal(JobLimits.MaxProgressMessageLength, next.Progress!.Message!.Length);
        Assert.EndsWith("…", next.Progress.Message);
    }
}
