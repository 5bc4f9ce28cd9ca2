using OrleansJobs.Client;
using OrleansJobs.Client.Grains;

namespace OrleansJobs.Grains.Tests.Client;

/// <summary>What of a batch goes to the grid in one message.</summary>
public sealed class SubmitBatchTests
{
    private readonly List<IReadOnlyList<JobSubmission>> _messages = [];
    private readonly OrleansJobClient _client;

    public SubmitBatchTests()
    {
        var grid = ScriptedProxy.Of<IGridGrain>(arguments => Accept((IReadOnlyList<JobSubmission>)arguments[0]!));
        _client = new OrleansJobClient(ScriptedProxy.Of<IGrainFactory>(_ => grid));
    }

    [Fact]
    public async Task Batch_OverTheBytesOfAMessage_GoesInSeveralAndIsAnsweredInOrder()
    {
        var submissions = Enumerable.Range(0, 80).Select(_ => Of(JobLimits.MaxPayloadBytes)).ToList();

        var outcomes = await _client.SubmitManyAsync(submissions);

        Assert.Equal([32, 32, 16], _messages.Select(message => message.Count));
        Assert.Equal(submissions.Select(submission => submission.Id), _messages.SelectMany(message => message).Select(sent => sent.Id));
        Assert.Equal(submissions.Select(submission => submission.Id), outcomes.Select(outcome => outcome.Id));
    }

    [Fact]
    public async Task Batch_OfSmallJobs_GoesInOneMessage()
    {
        await _client.SubmitManyAsync([.. Enumerable.Range(0, JobLimits.MaxSubmitBatch).Select(_ => Of(100))]);

        Assert.Equal([JobLimits.MaxSubmitBatch], _messages.Select(message => message.Count));
    }

    [Fact]
    public async Task Batch_WithTooLargeAPayload_IsSentWithoutIt()
    {
        JobSubmission[] submissions = [Of(0), Of(0), Of(JobLimits.MaxPayloadBytes + 1), Of(0), Of(0)];

        var outcomes = await _client.SubmitManyAsync(submissions);

        Assert.Equal([2, 2], _messages.Select(message => message.Count));
        Assert.Equal(submissions.Select(submission => submission.Id), outcomes.Select(outcome => outcome.Id));
        Assert.IsType<PayloadTooLargeException>(outcomes[2].Error);
        Assert.Equal(4, outcomes.Count(outcome => outcome.Status == SubmitStatus.Accepted));
    }

    private static JobSubmission Of(int bytes) => new() { JobClass = "email", Payload = new byte[bytes] };

    private Task<Reply<IReadOnlyList<Reply<SubmitReceipt>>>> Accept(IReadOnlyList<JobSubmission> message)
    {
        _messages.Add(message);
        return Task.FromResult(Reply<IReadOnlyList<Reply<SubmitReceipt>>>.Of(
            [.. message.Select(sent => Reply<SubmitReceipt>.Of(new SubmitReceipt(sent.Id, SubmitStatus.Accepted)))]));
    }
}
