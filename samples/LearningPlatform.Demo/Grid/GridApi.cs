using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansJobs;
using OrleansJobs.Http;

namespace LearningPlatform.Demo.Grid;

/// <summary>The calls of the grid's HTTP API that the demo needs. All of them are safe to repeat, and are repeated while the grid is away.</summary>
internal sealed class GridApi(HttpClient http, TimeProvider time)
{
    /// <summary>How long a grid that has answered before may be away: long enough for a restart.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly int WaitSeconds = (int)HttpLimits.MaxWait.TotalSeconds;
    private bool _hasAnswered;

    /// <summary>The names of the grid's classes.</summary>
    public async Task<IReadOnlyList<string>> GetClassesAsync(CancellationToken cancellationToken) =>
        [.. Known(await GetAsync<List<JobClassStatus>>("api/classes", cancellationToken)).Select(jobClass => jobClass.JobClass)];

    /// <summary>Submits jobs; answers in their order.</summary>
    public async Task<IReadOnlyList<SubmitAnswer>> SubmitAsync(IReadOnlyList<SubmitRequest> jobs, CancellationToken cancellationToken) =>
        Known(await CallAsync<List<SubmitAnswer>>(
            () => http.PostAsJsonAsync("api/jobs/batch", jobs, JobsHttpJson.Options, cancellationToken), cancellationToken));

    /// <summary>The job as it is now; null if the grid does not have it any more.</summary>
    public Task<JobSnapshot?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        GetAsync<JobSnapshot>($"api/jobs/{id}", cancellationToken);

    /// <summary>Why the job does not run, in a sentence; null if it is not there.</summary>
    public async Task<string?> ExplainAsync(JobId id, CancellationToken cancellationToken) =>
        (await GetAsync<JobWait>($"api/jobs/{id}/why", cancellationToken))?.Explanation;

    /// <summary>Jobs of a class that finished, in order; waits for the first.</summary>
    public async Task<IReadOnlyList<FinishedJob>> ReadResultsAsync(string jobClass, long after, int limit, CancellationToken cancellationToken) =>
        (await ResultsAsync(jobClass, after, limit, WaitSeconds, cancellationToken)).Results;

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
            var behind = (await ResultsAsync(jobClass, middle, limit: 1, waitSeconds: 0, cancellationToken)).Results;
            if (behind.Count > 0)
                low = behind[0].Sequence;
            else
                high = middle;
        }

        return low;
    }

    private async Task<ResultsPage> ResultsAsync(string jobClass, long after, int limit, int waitSeconds, CancellationToken cancellationToken) =>
        Known(await GetAsync<ResultsPage>($"api/classes/{jobClass}/results?after={after}&limit={limit}&wait={waitSeconds}", cancellationToken));

    /// <summary>An answer that a grid always gives.</summary>
    private T Known<T>(T? answer) => answer ?? throw new InvalidRequestException($"There is no job grid at {http.BaseAddress}.");

    private Task<T?> GetAsync<T>(string path, CancellationToken cancellationToken) where T : class =>
        CallAsync<T>(() => http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken), cancellationToken);

    private async Task<T?> CallAsync<T>(Func<Task<HttpResponseMessage>> call, CancellationToken cancellationToken) where T : class
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                using var response = await call();
                if (response.StatusCode == HttpStatusCode.NotFound)
                    return null;
                await ThrowIfRefusedAsync(response, cancellationToken);
                var answer = await response.Content.ReadFromJsonAsync<T>(JobsHttpJson.Options, cancellationToken);
                _hasAnswered = true;
                return answer;
            }
            catch (JsonException error)
            {
                throw new InvalidRequestException($"What answers at {http.BaseAddress} is no job grid: {error.Message}");
            }
            catch (Exception error) when (IsAway(error, cancellationToken))
            {
                if (!_hasAnswered || time.GetElapsedTime(start) > Patience)
                    throw new GridUnavailableException($"The grid at {http.BaseAddress} cannot be reached: {error.Message}", error);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private static bool IsAway(Exception error, CancellationToken cancellationToken) => error
        is HttpRequestException or HttpIOException or GridUnavailableException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;

        var problem = response.Content.Headers.ContentType?.MediaType == ApiProblem.ContentType
            ? await response.Content.ReadFromJsonAsync<ApiProblem>(JobsHttpJson.Options, cancellationToken)
            : null;
        var detail = problem?.Detail ?? $"It answered {(int)response.StatusCode} {response.ReasonPhrase}.";
        throw (int)response.StatusCode >= (int)HttpStatusCode.InternalServerError
            ? new GridUnavailableException(detail)
            : new InvalidRequestException(detail);
    }
}
