using OrleansJobs.Client.Grains;

namespace OrleansJobs.Client.Tests.Grains;

/// <summary>Errors keep on the wire all that callers need.</summary>
public sealed class GridErrorTests
{
    private static readonly JobId Id = JobId.New();

    public static TheoryData<JobsException> Errors => new(
        new JobNotFoundException(Id),
        new DuplicateJobException(Id),
        new UnknownJobClassException("email"),
        new JobStateException(Id, JobState.Running, "retried"),
        new InvalidOptionsException(["one", "two"]),
        new PayloadTooLargeException("payload", 2, 1),
        new InvalidRequestException("no"),
        new GridUnavailableException("away"));

    [Theory]
    [MemberData(nameof(Errors), DisableDiscoveryEnumeration = true)]
    public void Error_ArrivesAsTheSameException(JobsException sent)
    {
        var arrived = Arrived(sent);
        Assert.Equal((sent.GetType(), sent.Message, sent.Code), (arrived.GetType(), arrived.Message, arrived.Code));
    }

    [Fact]
    public void Error_KeepsWhatItIsAbout()
    {
        Assert.Equal(Id, Arrived(new JobNotFoundException(Id)).Id);
        Assert.Equal(Id, Arrived(new DuplicateJobException(Id)).Id);
        Assert.Equal("email", Arrived(new UnknownJobClassException("email")).JobClass);
        Assert.Equal(["one", "two"], Arrived(new InvalidOptionsException(["one", "two"])).Faults);
        var state = Arrived(new JobStateException(Id, JobState.Running, "retried"));
        Assert.Equal((Id, JobState.Running, "retried"), (state.Id, state.State, state.Asked));
    }

    [Fact]
    public void Error_ThatThisVersionDoesNotKnow_IsOneOfTheGrid()
    {
        var arrived = new GridError { Code = "of-a-later-version", Message = "what it says" }.ToException();
        Assert.Equal("what it says", Assert.IsType<GridUnavailableException>(arrived).Message);
    }

    private static T Arrived<T>(T sent) where T : JobsException => (T)GridError.From(sent).ToException();
}
