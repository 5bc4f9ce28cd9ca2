namespace OrleansJobs.Abstractions.Tests.Errors;

public sealed class JobsExceptionTests
{
    private static readonly JobId Id = JobId.New();

    private static readonly JobsException[] All =
    [
        new BatchTooLargeException(2, 1), new DuplicateJobException(Id), new GridUnavailableException("away"), new InvalidOptionsException(["x"]),
        new InvalidRequestException("x"), new JobFailedException(new JobSnapshot { Id = Id, JobClass = "email", State = JobState.Cancelled, Version = 1 }),
        new JobNotFoundException(Id), new JobStateException(Id, JobState.Running, "retried"), new PayloadTooLargeException("payload", 2, 1),
        new StoreInUseException("x"), new StoreSetupException("x"), new UnknownJobClassException("email"),
    ];

    [Fact]
    public void Codes_AreAllThereAndAllDifferent()
    {
        var types = typeof(JobsException).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(JobsException)));

        Assert.Empty(types.Except(All.Select(error => error.GetType())));
        Assert.Equal(All.Length, All.Select(error => error.Code).Distinct().Count());
        Assert.All(All, error => Assert.Matches("^[a-z]+(-[a-z]+)*$", error.Code));
    }

    [Fact]
    public void InvalidOptions_ListsEveryFault()
    {
        Assert.Equal("a is 1.", new InvalidOptionsException(["a is 1."]).Message);
        Assert.Equal($"- a is 1.{Environment.NewLine}- b is 2.", new InvalidOptionsException(["a is 1.", "b is 2."]).Message);
    }

    [Fact]
    public void JobFailed_SaysHowAndWhy()
    {
        var job = new JobSnapshot
        {
            Id = Id, JobClass = "email", State = JobState.DeadLettered, Version = 1, LastError = new JobError("T", "boom"),
        };
        Assert.Equal($"Job {Id} ended as DeadLettered: boom", new JobFailedException(job).Message);
    }
}
