namespace OrleansJobs.Abstractions.Tests.Client;

public sealed class JobHandleTests
{
    private static readonly JobId Id = JobId.New();
    private readonly ScriptedClient _client = new();
    private readonly InstantTime _time = new();

    [Fact]
    public async Task Wait_EndsWithTheJob()
    {
        Script(Job(1, JobState.Queued), Job(2, JobState.Running), Job(3, JobState.DeadLettered));

        var job = await Handle().WaitAsync();

        Assert.Equal((3L, JobState.DeadLettered), (job.Version, job.State));
        Assert.Equal([0L, 1L, 2L], _client.SeenVersions);
    }

    [Fact]
    public async Task Watch_GivesEachChangeOnce()
    {
        Script(Job(1, JobState.Queued), Job(1, JobState.Queued), Job(4, JobState.Running), Job(5, JobState.Succeeded));

        var versions = new List<long>();
        await foreach (var job in Handle().WatchAsync())
        {
            versions.Add(job.Version);
        }

        Assert.Equal([1L, 4L, 5L], versions);
    }

    [Fact]
    public async Task Wait_SurvivesAGridThatIsAway_WithGrowingPauses()
    {
        Script(Job(1, JobState.Running));
        Away(times: 7);
        Script(Job(2, JobState.Running));
        Away(times: 1);
        Script(Job(3, JobState.Succeeded));

        var job = await Handle().WaitAsync();

        Assert.Equal(3, job.Version);
        Assert.Equal([100, 200, 400, 800, 1_600, 2_000, 2_000, 100], _time.Waits.Select(wait => wait.TotalMilliseconds));
        Assert.Equal([0L, .. Enumerable.Repeat(1L, 8), 2L, 2L], _client.SeenVersions);
    }

    [Fact]
    public async Task Wait_OfAJobThatTheGridDoesNotKnow_Throws()
    {
        _client.Changes.Enqueue(() => throw new JobNotFoundException(Id));
        await Assert.ThrowsAsync<JobNotFoundException>(() => Handle().WaitAsync());
    }

    [Fact]
    public async Task Wait_EndsByItsToken()
    {
        using var stop = new CancellationTokenSource();
        var waiting = Handle().WaitAsync(stop.Token);
        Assert.False(waiting.IsCompleted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task WatchProgress_GivesWhatIsNew()
    {
        var half = new JobProgress(0.5, "half", DateTimeOffset.UnixEpoch);
        Script(
            Job(1, JobState.Queued), Job(2, JobState.Running) with { Progress = half }, Job(3, JobState.Running) with { Progress = half },
            Job(4, JobState.Running) with { Progress = half with { Fraction = 0.9 } },
            Job(5, JobState.Succeeded) with { Progress = half with { Fraction = 0.9 } });

        var fractions = new List<double>();
        await foreach (var progress in Handle().WatchProgressAsync())
        {
            fractions.Add(progress.Fraction);
        }

        Assert.Equal([0.5, 0.9], fractions);
    }

    [Fact]
    public async Task Result_IsReadAsItsType()
    {
        Script(Job(1, JobState.Succeeded) with { Result = JobSerializer.Default.Serialize(new Sum(42)) });
        Assert.Equal(new Sum(42), await TypedHandle().ResultAsync());
    }

    [Fact]
    public async Task Result_OfAJobThatGaveNone_IsTheDefault()
    {
        Script(Job(1, JobState.Succeeded));
        Assert.Null(await TypedHandle().ResultAsync());
    }

    [Theory]
    [InlineData(JobState.Cancelled)]
    [InlineData(JobState.DeadLettered)]
    public async Task Result_OfAJobThatDidNotSucceed_Throws(JobState state)
    {
        Script(Job(1, state) with { LastError = new JobError("T", "boom") });

        var error = await Assert.ThrowsAsync<JobFailedException>(() => TypedHandle().ResultAsync());

        Assert.Equal(state, error.Job.State);
        Assert.Contains("boom", error.Message);
    }

    private static JobSnapshot Job(long version, JobState state) => new() { Id = Id, JobClass = "email", State = state, Version = version };

    private JobHandle Handle() => new(_client, Id, SubmitStatus.Accepted) { Time = _time };

    private JobHandle<Sum> TypedHandle() => new(_client, Id, SubmitStatus.Accepted) { Time = _time };

    private void Script(params JobSnapshot[] jobs) => Array.ForEach(jobs, job => _client.Changes.Enqueue(() => job));

    private void Away(int times)
    {
        for (var time = 0; time < times; time++)
        {
            _client.Changes.Enqueue(() => throw new GridUnavailableException("away"));
        }
    }

    private sealed record Sum(int Value);
}
