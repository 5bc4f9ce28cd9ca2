using System.Collections.Concurrent;
using OrleansJobs.Http;

namespace OrleansJobs.ProcessKit;

/// <summary>Submits jobs in small batches, and repeats a batch that got no answer until it has one: what a careful user does.</summary>
internal sealed class Submitter(Func<GridHttp> grid)
{
    private const int BatchSize = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ConcurrentDictionary<JobId, bool> _answered = new();
    private int _repeats;

    /// <summary>The jobs whose submit was answered.</summary>
    public IReadOnlyCollection<JobId> Answered => [.. _answered.Keys];

    /// <summary>How often a batch had to be sent again.</summary>
    public int Repeats => _repeats;

    public Task SubmitAsync(IEnumerable<SubmitRequest> jobs) =>
        Parallel.ForEachAsync(jobs.Chunk(BatchSize), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (batch, _) => await SubmitBatchAsync(batch));

    private async Task SubmitBatchAsync(SubmitRequest[] batch)
    {
        var first = true;
        await Clock.UntilAsync("a batch submitted", Patience, async () =>
        {
            if (!first)
            {
                Interlocked.Increment(ref _repeats);
            }

            first = false;
            return await grid().TrySubmitAsync(batch) is { } answers && Note(answers);
        });
    }

    private bool Note(IReadOnlyList<SubmitAnswer> answers)
    {
        foreach (var answer in answers.Where(answer => answer.Error?.Status != 503))
        {
            Assert.True(answer.Status is SubmitStatus.Accepted or SubmitStatus.AlreadySubmitted, answer.Error?.Detail);
            _answered[answer.Id!.Value] = true;
        }

        return answers.All(answer => answer.Error is null);
    }
}
