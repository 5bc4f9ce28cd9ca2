using OrleansJobs.Client.Grains;

namespace OrleansJobs.Client.Tests;

public sealed class OrleansJobClientTests
{
    private readonly ScriptedGrid _grid = new();
    private readonly OrleansJobClient _client;

    public OrleansJobClientTests() => _client = new OrleansJobClient(GridFactory.Of(_grid));

    [Fact]
    public async Task SubmitMany_OfNothing_AsksTheGridNothing()
    {
        Assert.Empty(await _client.SubmitManyAsync([]));
        Assert.Empty(_grid.Batches);
    }

    [Fact]
    public async Task SubmitMany_AnswersForEachInOrder()
    {
        var (first, second, third) = (Submission(), Submission(), Submission());
        var holder = JobId.New();
        _grid.Receipt = submission =>
            submission == second ? Reply<SubmitReceipt>.Failed(new UnknownJobClassException("email"))
            : submission == third ? Reply<SubmitReceipt>.Of(new SubmitReceipt(holder, SubmitStatus.UniqueKeyTaken))
            : Reply<SubmitReceipt>.Of(new SubmitReceipt(submission.Id, SubmitStatus.Accepted));

        var outcomes = await _client.SubmitManyAsync([first, second, third]);

        Assert.Equal([first.Id, second.Id, holder], outcomes.Select(outcome => outcome.Id));
        Assert.Equal(
            [SubmitStatus.Accepted, SubmitStatus.Refused, SubmitStatus.UniqueKeyTaken], outcomes.Select(outcome => outcome.Status));
        Assert.IsType<UnknownJobClassException>(outcomes[1].Error);
        Assert.Single(_grid.Batches);
    }

    [Fact]
    public async Task SubmitMany_OfTheLargestBatch_IsOneCall_AndOneMoreIsRefused()
    {
        var batch = Enumerable.Range(0, JobLimits.MaxSubmitBatch).Select(_ => Submission()).ToList();
        Assert.Equal(JobLimits.MaxSubmitBatch, (await _client.SubmitManyAsync(batch)).Count);

        batch.Add(Submission());

        await Assert.ThrowsAsync<BatchTooLargeException>(() => _client.SubmitManyAsync(batch));
        Assert.Single(_grid.Batches);
    }

    [Fact]
    public async Task SubmitMany_OfOneWithoutAnId_IsRefused()
    {
        var outcome = Assert.Single(await _client.SubmitManyAsync([Submission() with { Id = default }]));

        Assert.Equal(SubmitStatus.Refused, outcome.Status);
        Assert.IsType<InvalidRequestException>(outcome.Error);
    }

    [Fact]
    public async Task Call_ThatTheGridRefuses_ThrowsItsError()
    {
        _grid.Status = () => Task.FromResult(Reply<JobClassStatus>.Failed(new UnknownJobClassException("email")));
        await Assert.ThrowsAsync<UnknownJobClassException>(() => _client.GetClassAsync("email"));
    }

    [Fact]
    public async Task Call_ThatIsNotAnswered_SaysThatTheGridIsUnavailable()
    {
        _grid.Status = () => Task.FromException<Reply<JobClassStatus>>(new TimeoutException("no answer"));
        await Assert.ThrowsAsync<GridUnavailableException>(() => _client.GetClassAsync("email"));
    }

    private static JobSubmission Submission() => new() { Id = JobId.New(), JobClass = "email", Payload = new byte[] { 1 } };
}
