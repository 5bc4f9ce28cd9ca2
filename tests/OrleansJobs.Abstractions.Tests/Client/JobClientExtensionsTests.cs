using System.Text;

namespace OrleansJobs.Abstractions.Tests.Client;

public sealed class JobClientExtensionsTests
{
    private readonly ScriptedClient _client = new();

    [Fact]
    public async Task Submit_SendsThePayloadAsJsonUnderANewId()
    {
        var options = new SubmitOptions { Tenant = "acme" };

        var first = await _client.SubmitAsync("email", new Mail("a@example.org"), options);
        var second = await _client.SubmitAsync("email", new Mail("a@example.org"), options);

        var sent = _client.Submitted[0];
        Assert.Equal(("email", JobSerializer.Json, "acme"), (sent.JobClass, sent.ContentType, sent.Options.Tenant));
        Assert.Equal("""{"to":"a@example.org"}""", Encoding.UTF8.GetString(sent.Payload.Span));
        Assert.Equal((sent.Id, SubmitStatus.Accepted), (first.Id, first.Status));
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task Submit_UnderAGivenId_IsTheSameJobAgain()
    {
        var id = JobId.New();
        _client.Outcome = submission => new(submission.Id, SubmitStatus.AlreadySubmitted);

        var handle = await _client.SubmitAsync("email", new Mail("a"), new() { Id = id });

        Assert.Equal((id, SubmitStatus.AlreadySubmitted), (handle.Id, handle.Status));
    }

    [Fact]
    public async Task Submit_WithATakenUniqueKey_GivesTheJobThatHoldsIt()
    {
        var holder = JobId.New();
        _client.Outcome = _ => new(holder, SubmitStatus.UniqueKeyTaken);

        var handle = await _client.SubmitAsync<Mail, int>("email", new Mail("a"), new() { UniqueKey = "k" });

        Assert.Equal((holder, SubmitStatus.UniqueKeyTaken), (handle.Id, handle.Status));
    }

    [Fact]
    public async Task Submit_ThatIsRefused_Throws()
    {
        _client.Outcome = submission => new(submission.Id, SubmitStatus.Refused, new UnknownJobClassException("email"));
        await Assert.ThrowsAsync<UnknownJobClassException>(() => _client.SubmitAsync("email", new Mail("a")));
    }

    [Fact]
    public async Task Get_OfAnUnknownJob_Throws()
    {
        var id = JobId.New();
        var error = await Assert.ThrowsAsync<JobNotFoundException>(() => _client.GetAsync(id));
        Assert.Equal(id, error.Id);

        _client.Found = new JobSnapshot { Id = id, JobClass = "email", State = JobState.Queued, Version = 1 };
        Assert.Same(_client.Found, await _client.GetHandle(id).GetAsync());
    }

    [Fact]
    public async Task PauseAndResume_ChangeNothingElse()
    {
        Assert.True((await _client.PauseAsync("email")).Paused);
        Assert.False((await _client.ResumeAsync("email")).Paused);

        Assert.Equal([new JobClassChange { Paused = true }, new JobClassChange { Paused = false }], _client.ClassChanges);
    }

    [Fact]
    public async Task ReadResults_GoesOnAfterTheLastEntryThatWasDealtWith()
    {
        Finish(1_200);

        var first = await _client.ReadResultsAsync("email", follow: false).Take(700).ToListAsync();
        var rest = await _client.ReadResultsAsync("email", after: first[^1].Sequence, follow: false).ToListAsync();

        Assert.Equal(Enumerable.Range(1, 1_200).Select(n => (long)n), first.Concat(rest).Select(entry => entry.Sequence));
        Assert.All(_client.Reads, read => Assert.Equal(TimeSpan.Zero, read.Wait));
        Assert.All(_client.Reads, read => Assert.InRange(read.Limit, 1, JobLimits.MaxPageSize));
    }

    [Fact]
    public async Task ReadResults_OfAnEmptyQueue_StopsAtOnceUnlessItFollows() =>
        Assert.Empty(await _client.ReadResultsAsync("email", follow: false).ToListAsync());

    [Fact]
    public async Task ReadResults_ThatFollows_WaitsForMoreUntilItsTokenFires()
    {
        using var stop = new CancellationTokenSource();
        Finish(1);
        await using var results = _client.ReadResultsAsync("email", cancellationToken: stop.Token).GetAsyncEnumerator();
        Assert.True(await results.MoveNextAsync());
        Finish(2);
        Assert.True(await results.MoveNextAsync());
        Assert.Equal(2, results.Current.Sequence);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await results.MoveNextAsync());
        Assert.All(_client.Reads, read => Assert.Equal(TimeSpan.FromSeconds(20), read.Wait));
    }

    [Fact]
    public async Task ReadResults_ThatFollows_SurvivesAGridThatIsAway_AndGoesOnAfterTheLastEntry()
    {
        var time = new InstantTime();
        Finish(2);
        foreach (var away in new[] { true, true, false, true, true, true, true, true, true, true, false, true })
        {
            _client.Away.Enqueue(away);
        }

        await using var results = JobClientExtensions.FollowResultsAsync(_client, "email", 1, time).GetAsyncEnumerator();
        Assert.True(await results.MoveNextAsync());
        Finish(3);
        Assert.True(await results.MoveNextAsync());
        Assert.Equal(3, results.Current.Sequence);
        Finish(4);
        Assert.True(await results.MoveNextAsync());

        Assert.Equal(4, results.Current.Sequence);
        Assert.Equal(
            [100, 200, 100, 200, 400, 800, 1_600, 2_000, 2_000, 100], time.Waits.Select(wait => wait.TotalMilliseconds));
        Assert.Equal(
            [.. Enumerable.Repeat(1L, 3), .. Enumerable.Repeat(2L, 8), .. Enumerable.Repeat(3L, 2)], _client.Reads.Select(read => read.After));
    }

    [Fact]
    public async Task ReadResults_ThatFollows_EndsByItsTokenWhileTheGridIsAway()
    {
        using var stop = new CancellationTokenSource();
        _client.Away.Enqueue(true);
        await using var results = JobClientExtensions.FollowResultsAsync(_client, "email", 0, new StoppedTime()).GetAsyncEnumerator(stop.Token);
        var next = results.MoveNextAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        Assert.Single(_client.Reads);
    }

    [Fact]
    public async Task ReadResults_ThatDoesNotFollow_ThrowsWhenTheGridIsAway()
    {
        Finish(1);
        _client.Away.Enqueue(true);
        await Assert.ThrowsAsync<GridUnavailableException>(async () => await _client.ReadResultsAsync("email", follow: false).ToListAsync());
    }

    private void Finish(int upTo)
    {
        for (var sequence = _client.Finished.Count + 1; sequence <= upTo; sequence++)
        {
            var job = new JobSnapshot { Id = JobId.New(), JobClass = "email", State = JobState.Succeeded, Version = 3 };
            _client.Finished.Add(new FinishedJob(sequence, job));
        }
    }

    /// <summary>A clock on which no wait is ever over.</summary>
    private sealed class StoppedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private sealed record Mail(string To);
}
