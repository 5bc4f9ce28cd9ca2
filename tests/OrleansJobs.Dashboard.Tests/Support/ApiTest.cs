using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace OrleansJobs.Dashboard.Tests.Support;

/// <summary>A test with an API of its own and a way to speak to it.</summary>
public abstract class ApiTest : IAsyncLifetime
{
    private ApiHost? _host;

    internal ApiHost Host => _host!;

    internal InMemoryGrid Grid => Host.Grid;

    protected HttpClient Http { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _host = await StartHostAsync();
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Host.Url };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
    }

    internal virtual Task<ApiHost> StartHostAsync() => ApiHost.StartAsync();

    protected static StringContent Json(string json, string type = "application/json") => new(json, Encoding.UTF8, type);

    protected static async Task<JsonNode> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Checks that the answer is a problem of this status and code; gives its detail.</summary>
    protected static async Task<string> ProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var problem = await ReadAsync(answer, status);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, (string?)problem["code"]);
        Assert.Equal("urn:orleansjobs:" + code, (string?)problem["type"]);
        Assert.Equal((int)status, (int?)problem["status"]);
        Assert.NotEqual("", (string?)problem["title"]);
        return (string)problem["detail"]!;
    }

    protected Task<HttpResponseMessage> PostAsync(string path, string json) => Http.PostAsync(path, Json(json));

    /// <summary>Puts a job into the grid; gives its id.</summary>
    internal async Task<JobId> SubmitAsync(string payload = "{}", SubmitOptions? options = null, string jobClass = "email")
    {
        var outcome = await Grid.SubmitAsync(new JobSubmission
        {
            Id = options?.Id ?? JobId.New(),
            JobClass = jobClass,
            Payload = Encoding.UTF8.GetBytes(payload),
            Options = options ?? SubmitOptions.Default,
        });
        return outcome.Id;
    }
}
