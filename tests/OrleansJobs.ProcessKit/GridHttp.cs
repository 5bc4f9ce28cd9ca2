using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using OrleansJobs.Http;

namespace OrleansJobs.ProcessKit;

/// <summary>The HTTP API of a host, as users call it.</summary>
internal sealed class GridHttp(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or SocketException)
        {
            return false;
        }
    }

    /// <summary>Submits and answers what became of each; null when the host gave no answer or said that the grid is unavailable.</summary>
    public async Task<IReadOnlyList<SubmitAnswer>?> TrySubmitAsync(IReadOnlyList<SubmitRequest> jobs)
    {
        try
        {
            using var answer = await SendAsync(HttpMethod.Post, "/api/jobs/batch", jobs);
            return answer.StatusCode == HttpStatusCode.ServiceUnavailable ? null : await ReadAsync<List<SubmitAnswer>>(answer);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Submits; every job has to be accepted.</summary>
    public async Task SubmitAsync(IReadOnlyList<SubmitRequest> jobs)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/jobs/batch", jobs);
        var outcomes = await ReadAsync<List<SubmitAnswer>>(answer);
        Assert.All(outcomes, outcome => Assert.True(outcome.Status == SubmitStatus.Accepted, outcome.Error?.Detail));
    }

    public Task<JobSnapshot> GetAsync(JobId id) => GetAsync<JobSnapshot>($"/api/jobs/{id}");

    public Task<JobClassStatus> ClassAsync(string jobClass = Probes.Class) => GetAsync<JobClassStatus>($"/api/classes/{jobClass}");

    public async Task ChangeAsync(JobClassChange change, string jobClass = Probes.Class)
    {
        using var answer = await SendAsync(HttpMethod.Patch, $"/api/classes/{jobClass}", change);
        await ReadAsync<JobClassStatusOrSettings>(answer);
    }

    public async Task CancelAsync(JobId id)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"/api/jobs/{id}/cancel", new ReasonRequest("The test is over."));
        await ReadAsync<JsonElement>(answer);
    }

    /// <summary>All jobs of a class, page by page.</summary>
    public async Task<Dictionary<JobId, JobSnapshot>> AllAsync(string jobClass = Probes.Class)
    {
        var all = new Dictionary<JobId, JobSnapshot>();
        string? cursor = null;
        do
        {
            var next = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var page = await GetAsync<JobPage>($"/api/jobs?class={jobClass}&limit={JobLimits.MaxPageSize}{next}");
            foreach (var job in page.Jobs)
            {
                all[job.Id] = job;
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }

    /// <summary>The class's results queue from its beginning.</summary>
    public async Task<List<FinishedJob>> ResultsAsync(string jobClass = Probes.Class)
    {
        var all = new List<FinishedJob>();
        while (true)
        {
            var after = all.Count == 0 ? 0 : all[^1].Sequence;
            var page = await GetAsync<ResultsPage>($"/api/classes/{jobClass}/results?after={after}&limit={JobLimits.MaxPageSize}");
            if (page.Results.Count == 0)
            {
                return all;
            }

            all.AddRange(page.Results);
        }
    }

    /// <summary>Waits until the class has no open job, by its counts.</summary>
    public Task WaitIdleAsync(TimeSpan timeout, string jobClass = Probes.Class) =>
        Clock.UntilAsync($"no open job of {jobClass}", timeout, async () =>
        {
            try
            {
                return (await ClassAsync(jobClass)).Counts.Open == 0;
            }
            catch (GridProblemException problem) when (problem.Problem.Status == 503)
            {
                return false;
            }
        }, TimeSpan.FromMilliseconds(100));

    /// <summary>Calls with whatever body, and answers what came back.</summary>
    public async Task<RawAnswer> CallAsync(HttpMethod method, string path, string? body = null, string contentType = JobSerializer.Json)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(contentType));
        }

        using var answer = await _http.SendAsync(request);
        return new RawAnswer(answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }

    public async Task<T> GetAsync<T>(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await ReadAsync<T>(answer);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync<T>(HttpMethod method, string path, T body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, JobsHttpJson.Options));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(JobSerializer.Json);
        return await _http.SendAsync(request);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<T>(body, JobsHttpJson.Options)!
            : throw new GridProblemException(JsonSerializer.Deserialize<ApiProblem>(body, JobsHttpJson.Options)!);
    }

    /// <summary>An answer that has to be an object; what is in it does not matter.</summary>
    private sealed record JobClassStatusOrSettings;
}
