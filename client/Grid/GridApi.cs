using System.Net.Http.Headers;
using System.Text.Json;
using OrleansJobs.Http;

namespace OrleansJobs.GridClient;

/// <summary>The grid's HTTP API, typed. Calls throw <see cref="RefusedException"/> or <see cref="UnreachableException"/>.</summary>
internal sealed class GridApi : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private readonly HttpClient _http;
    private readonly Uri _url;

    /// <param name="url">Where the grid is; what comes before its <c>/api</c>.</param>
    /// <param name="key">The API key to show; null for none.</param>
    /// <param name="wire">The way there, which stays the caller's; null for the network.</param>
    public GridApi(Uri url, string? key, HttpMessageHandler? wire = null)
    {
        _url = new Uri(url.ToString().TrimEnd('/') + "/");
        _http = wire is null
            ? new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, AllowAutoRedirect = false })
            : new HttpClient(wire, disposeHandler: false);
        _http.BaseAddress = _url;
        if (key is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    public Task<SubmitAnswer> SubmitAsync(SubmitRequest job, CancellationToken cancellationToken) =>
        SendAsync<SubmitAnswer>(HttpMethod.Post, "api/jobs", Json(job), cancellationToken);

    /// <param name="array">A JSON array of <see cref="SubmitRequest"/>.</param>
    /// <param name="cancellationToken">Stops the call; jobs may have been submitted all the same.</param>
    public Task<List<SubmitAnswer>> SubmitManyAsync(ReadOnlyMemory<byte> array, CancellationToken cancellationToken) =>
        SendAsync<List<SubmitAnswer>>(HttpMethod.Post, "api/jobs/batch", JsonBytes(array), cancellationToken);

    public Task<JobSnapshot> GetAsync(JobId id, CancellationToken cancellationToken) =>
        SendAsync<JobSnapshot>(HttpMethod.Get, $"api/jobs/{id}", null, cancellationToken);

    /// <summary>The job as soon as its version is not the one that was seen, or as it is after the longest wait.</summary>
    public Task<JobSnapshot> WaitForChangeAsync(JobId id, long seenVersion, CancellationToken cancellationToken) => SendAsync<JobSnapshot>(
        HttpMethod.Get, $"api/jobs/{id}?wait={HttpLimits.MaxWait.TotalSeconds}&version={seenVersion}", null, cancellationToken);

    public Task<JobWait> ExplainAsync(JobId id, CancellationToken cancellationToken) =>
        SendAsync<JobWait>(HttpMethod.Get, $"api/jobs/{id}/why", null, cancellationToken);

    public Task<JobSnapshot> CancelAsync(JobId id, string? reason, CancellationToken cancellationToken) =>
        SendAsync<JobSnapshot>(HttpMethod.Post, $"api/jobs/{id}/cancel", Json(new ReasonRequest(reason)), cancellationToken);

    public Task<JobSnapshot> RetryAsync(JobId id, CancellationToken cancellationToken) =>
        SendAsync<JobSnapshot>(HttpMethod.Post, $"api/jobs/{id}/retry", null, cancellationToken);

    public Task<JobSnapshot> DeadLetterAsync(JobId id, string reason, CancellationToken cancellationToken) =>
        SendAsync<JobSnapshot>(HttpMethod.Post, $"api/jobs/{id}/dead-letter", Json(new ReasonRequest(reason)), cancellationToken);

    public Task<JobSnapshot> DeleteAsync(JobId id, CancellationToken cancellationToken) =>
        SendAsync<JobSnapshot>(HttpMethod.Delete, $"api/jobs/{id}", null, cancellationToken);

    public Task<JobPage> ListAsync(JobFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var query = new QueryText()
            .Add("class", filter.JobClass)
            .Add("state", filter.State?.ToString())
            .Add("tenant", filter.Tenant)
            .Add("tag", filter.Tag)
            .Add("uniqueKey", filter.UniqueKey)
            .Add("from", filter.SubmittedFrom?.ToString("O"))
            .Add("before", filter.SubmittedBefore?.ToString("O"))
            .Add("error", filter.ErrorText)
            .Add("cursor", cursor)
            .Add("limit", limit.ToString());
        return SendAsync<JobPage>(HttpMethod.Get, $"api/jobs{query}", null, cancellationToken);
    }

    public Task<List<JobClassStatus>> GetClassesAsync(CancellationToken cancellationToken) =>
        SendAsync<List<JobClassStatus>>(HttpMethod.Get, "api/classes", null, cancellationToken);

    public Task<Overview> GetOverviewAsync(CancellationToken cancellationToken) =>
        SendAsync<Overview>(HttpMethod.Get, "api/overview", null, cancellationToken);

    public Task<ClassOverview> GetOverviewAsync(string jobClass, CancellationToken cancellationToken) =>
        SendAsync<ClassOverview>(HttpMethod.Get, $"api/classes/{Uri.EscapeDataString(jobClass)}/overview", null, cancellationToken);

    public Task<List<SiloOverview>> GetSilosAsync(CancellationToken cancellationToken) =>
        SendAsync<List<SiloOverview>>(HttpMethod.Get, "api/silos", null, cancellationToken);

    public Task DrainSiloAsync(string silo, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"api/silos/{Uri.EscapeDataString(silo)}/drain", null, static _ => true, cancellationToken);

    public Task<JobClassStatus> GetClassAsync(string jobClass, CancellationToken cancellationToken) =>
        SendAsync<JobClassStatus>(HttpMethod.Get, PathOf(jobClass), null, cancellationToken);

    public Task<JobClassSettings> ChangeClassAsync(string jobClass, JobClassChange change, CancellationToken cancellationToken) =>
        SendAsync<JobClassSettings>(HttpMethod.Patch, PathOf(jobClass), Json(change), cancellationToken);

    public Task<JobClassSettings> PauseAsync(string jobClass, CancellationToken cancellationToken) =>
        SendAsync<JobClassSettings>(HttpMethod.Post, $"{PathOf(jobClass)}/pause", null, cancellationToken);

    public Task<JobClassSettings> ResumeAsync(string jobClass, CancellationToken cancellationToken) =>
        SendAsync<JobClassSettings>(HttpMethod.Post, $"{PathOf(jobClass)}/resume", null, cancellationToken);

    /// <summary>A page of the results queue; with <paramref name="wait"/>, as soon as there is something in it.</summary>
    public Task<ResultsPage> ReadResultsAsync(string jobClass, long after, int limit, bool wait, CancellationToken cancellationToken)
    {
        var seconds = wait ? HttpLimits.MaxWait.TotalSeconds : 0;
        return SendAsync<ResultsPage>(
            HttpMethod.Get, $"{PathOf(jobClass)}/results?after={after}&limit={limit}&wait={seconds}", null, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static string PathOf(string jobClass) => $"api/classes/{Uri.EscapeDataString(jobClass)}";

    private static ReadOnlyMemoryContent Json<T>(T value) => JsonBytes(JsonSerializer.SerializeToUtf8Bytes(value, JobsHttpJson.Options));

    private static ReadOnlyMemoryContent JsonBytes(ReadOnlyMemory<byte> json)
    {
        var content = new ReadOnlyMemoryContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue(JobSerializer.Json);
        return content;
    }

    private Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken) =>
        SendAsync(method, path, content, answer => Read<T>(answer.Body, answer.Response), cancellationToken);

    private async Task<T> SendAsync<T>(
        HttpMethod method, string path, HttpContent? content, Func<(byte[] Body, HttpResponseMessage Response), T> read,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode ? read((body, response)) : throw new RefusedException(ProblemOf(body, response));
        }
        catch (HttpRequestException error)
        {
            throw new UnreachableException(_url, error.InnerException?.Message ?? error.Message, error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnreachableException(_url, "it did not answer in time", error);
        }
    }

    private T Read<T>(byte[] body, HttpResponseMessage response)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, JobsHttpJson.Options) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new RefusedException(Stranger(response));
        }
    }

    private ApiProblem ProblemOf(byte[] body, HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType != ApiProblem.ContentType)
        {
            return Stranger(response);
        }

        return Read<ApiProblem>(body, response);
    }

    private ApiProblem Stranger(HttpResponseMessage response) => new()
    {
        Title = "Not a job grid",
        Status = (int)response.StatusCode,
        Code = "not-a-grid",
        Detail = $"{_url} answered {(int)response.StatusCode} {response.ReasonPhrase}, but not as a job grid does.",
    };
}
