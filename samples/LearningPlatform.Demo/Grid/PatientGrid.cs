using System.Text.Json;
using OrleansJobs;
using OrleansJobs.GridClient;
using OrleansJobs.Http;

namespace LearningPlatform.Demo.Grid;

/// <summary>The calls of the grid that the demo needs. All of them are safe to repeat, and are repeated while a grid that was there is away.</summary>
internal sealed class PatientGrid(GridApi api, TimeProvider time)
{
    private const string NotFound = "job-not-found";
    private readonly Patience _patience = new(time);

    /// <summary>The names of the grid's classes. It is the first call, so the grid has to be there.</summary>
    public async Task<IReadOnlyList<string>> GetClassesAsync(CancellationToken cancellationToken) =>
        [.. (await api.GetClassesAsync(cancellationToken)).Select(jobClass => jobClass.JobClass)];

    /// <summary>Submits jobs; answers in their order.</summary>
    public async Task<IReadOnlyList<SubmitAnswer>> SubmitAsync(IReadOnlyList<SubmitRequest> jobs, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(jobs, JobsHttpJson.Options);
        return await _patience.TryAsync(() => api.SubmitManyAsync(json, cancellationToken), cancellationToken);
    }

    /// <summary>The job as it is now; null if the grid does not have it any more.</summary>
    public Task<JobSnapshot?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        UnlessGoneAsync(() => api.GetAsync(id, cancellationToken), cancellationToken);

    /// <summary>Why the job does not run, in a sentence; null if it is not there.</summary>
    public async Task<string?> ExplainAsync(JobId id, CancellationToken cancellationToken) =>
        (await UnlessGoneAsync(() => api.ExplainAsync(id, cancellationToken), cancellationToken))?.Explanation;

    /// <summary>Jobs of a class that finished, in order; waits for the first.</summary>
    public async Task<IReadOnlyList<FinishedJob>> ReadResultsAsync(string jobClass, long after, int limit, CancellationToken cancellationToken) =>
        (await ResultsAsync(jobClass, after, limit, wait: true, cancellationToken)).Results;

    /// <summary>
    /// Where a class's results queue ends now. There is no call for that, but an entry behind a place is there or not, so it can be closed
    /// in on: 63 short calls at most, and no reading of what has been there for long.
    /// </summary>
    public async Task<long> FindEndOfResultsAsync(string jobClass, CancellationToken cancellationToken)
    {
        long low = 0, high = long.MaxValue;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var behind = (await ResultsAsync(jobClass, middle, limit: 1, wait: false, cancellationToken)).Results;
            if (behind.Count > 0)
                low = behind[0].Sequence;
            else
                high = middle;
        }

        return low;
    }

    private Task<ResultsPage> ResultsAsync(string jobClass, long after, int limit, bool wait, CancellationToken cancellationToken) =>
        _patience.TryAsync(() => api.ReadResultsAsync(jobClass, after, limit, wait, cancellationToken), cancellationToken);

    private async Task<T?> UnlessGoneAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) where T : class
    {
        try
        {
            return await _patience.TryAsync(call, cancellationToken);
        }
        catch (RefusedException error) when (error.Problem.Code == NotFound)
        {
            return null;
        }
    }
}
