using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Dashboard.Live;
using OrleansJobs.Dashboard.Tests.Access;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Live;

/// <summary>The stream over HTTP: what it says, to whom, and when it ends.</summary>
public sealed class LiveTests : AccessTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SignInLifetime = TimeSpan.FromHours(1);

    private LiveHub Hub => Host.Services.GetRequiredService<LiveHub>();

    internal override Task<ApiHost> StartHostAsync()
    {
        var settings = KeySettings;
        settings["JobGrid:Access:SignInLifetime"] = SignInLifetime.ToString();
        return StartAsync(settings);
    }

    [Theory]
    [InlineData("overview", "overview", "classes")]
    [InlineData("class=email", "class", "tenants")]
    public async Task Topic_IsSentAtOnce(string query, string name, string property)
    {
        using var stream = await OpenAsync(query);

        var (kind, data) = await stream.NextAsync();
        Assert.Equal(name, kind);
        Assert.NotNull(data![property]);
    }

    [Fact]
    public async Task Overview_HasTheLastPointsOnly()
    {
        using var stream = await OpenAsync("overview");

        var (_, data) = await stream.NextAsync();
        Assert.InRange(data!["classes"]![0]!["history"]!["points"]!.AsArray().Count, 1, 2);
    }

    [Fact]
    public async Task Job_IsSentAgain_WhenItHasChanged()
    {
        var id = await SubmitAsync();
        using var stream = await OpenAsync($"job={id}");
        Assert.Equal("Queued", (string?)(await stream.NextAsync()).Data!["job"]!["state"]);
        Grid.Start(id);
        await Time.WhenTimersAsync(2);
        Time.Advance(LiveLimits.Period);

        Assert.Equal("Running", (string?)(await stream.NextAsync()).Data!["job"]!["state"]);
    }

    [Fact]
    public async Task Quiet_IsFilledWithSignsOfLife()
    {
        using var stream = await OpenAsync("silos");
        await stream.NextAsync();
        await Time.WhenTimersAsync(2);
        Time.Advance(LiveLimits.PingPeriod);

        await stream.PingAsync();
    }

    [Theory]
    [InlineData("class=nobody", HttpStatusCode.NotFound, "unknown-job-class")]
    [InlineData("job=0190a000-0000-7000-8000-000000000001", HttpStatusCode.NotFound, "job-not-found")]
    [InlineData("job=seven", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("everything", HttpStatusCode.BadRequest, "invalid-request")]
    public async Task WrongQuestion_IsAnsweredBeforeTheStream(string query, HttpStatusCode status, string code) =>
        await ProblemAsync(await SendAsync($"GET /api/live?{query}", ViewerKey), status, code);

    [Fact]
    public async Task Stranger_GetsNothing() =>
        await ProblemAsync(await SendAsync("GET /api/live?overview"), HttpStatusCode.Unauthorized, "unauthenticated");

    [Fact]
    public async Task SignInThatEnds_EndsItsStream()
    {
        var signIn = await SendAsync("POST /api/signin", null, $$"""{"key":"{{ViewerKey}}"}""");
        using var stream = await OpenAsync("silos", null, "Cookie: " + signIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        await stream.NextAsync();
        await Time.WhenTimersAsync(2);
        Time.Advance(SignInLifetime - TimeSpan.FromMinutes(1));
        await stream.PingAsync();
        Assert.Equal(1, Hub.Topics);

        Time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(await stream.EndsAsync());
    }

    [Fact]
    public async Task SignOut_EndsTheStreamsOfTheSignIn()
    {
        var signIn = await SendAsync("POST /api/signin", null, $$"""{"key":"{{ViewerKey}}"}""");
        var cookie = "Cookie: " + signIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var stream = await OpenAsync("silos", null, cookie);
        await stream.NextAsync();
        await Time.WhenTimersAsync(2);

        var session = await SendAsync("GET /api/session", null, null, cookie);
        var csrf = (await ReadAsync(session))["csrf"]!;
        var signOut = await SendAsync(
            "POST /api/signout", null, null, $"{cookie}; {session.Headers.GetValues("Set-Cookie").Single().Split(';')[0]}", $"{csrf["header"]}: {csrf["token"]}");
        Assert.Equal(HttpStatusCode.NoContent, signOut.StatusCode);
        await Time.WhenTimersAsync(2);
        Time.Advance(LiveLimits.PingPeriod);

        Assert.True(await stream.EndsAsync());
    }

    [Fact]
    public async Task StreamOfAKey_GoesOn()
    {
        using var stream = await OpenAsync("silos");
        await stream.NextAsync();
        await Time.WhenTimersAsync(2);
        Time.Advance(TimeSpan.FromDays(1));

        await stream.PingAsync();
        Assert.Equal(1, Hub.Topics);
    }

    /// <summary>One who opens as many as there are would leave none to the others.</summary>
    [Fact]
    public async Task Streams_OfOneCaller_AreLimited()
    {
        const int Many = 150;
        var opened = new List<HttpResponseMessage>();
        HttpResponseMessage answer;
        do
        {
            opened.Add(answer = await GetAsync(ViewerKey));
        }
        while (answer.StatusCode == HttpStatusCode.OK && opened.Count < Many);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        await ProblemAsync(answer, HttpStatusCode.TooManyRequests, "too-many-streams");
        using var other = await GetAsync(OperatorKey);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        opened.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task HostThatStops_EndsItsStreams()
    {
        using var stream = await OpenAsync("silos");
        await stream.NextAsync();

        await Host.StopAsync().WaitAsync(Patience);
        Assert.True(await stream.EndsAsync());
        Assert.Equal(0, Hub.Topics);
    }

    private Task<HttpResponseMessage> GetAsync(string key) => Http.SendAsync(
        new HttpRequestMessage(HttpMethod.Get, "/api/live?silos") { Headers = { Authorization = new("Bearer", key) } }, HttpCompletionOption.ResponseHeadersRead);

    private async Task<EventReader> OpenAsync(string query, string? key = "", params string[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/live?{query}");
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key.Length == 0 ? ViewerKey : key);
        }

        foreach (var header in headers)
        {
            request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);
        }

        var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return new EventReader(await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>Reads a stream of events.</summary>
    private sealed class EventReader(Stream stream) : IDisposable
    {
        private readonly IAsyncEnumerator<SseItem<string>> _events = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();

        /// <summary>The next event that is no sign of life.</summary>
        public async Task<(string Kind, JsonNode? Data)> NextAsync()
        {
            while (await ReadAsync() && _events.Current.EventType == LiveStream.Ping)
            {
                // Signs of life are passed over.
            }

            return (_events.Current.EventType, JsonNode.Parse(_events.Current.Data));
        }

        /// <summary>Waits for a sign of life.</summary>
        public async Task PingAsync()
        {
            Assert.True(await ReadAsync());
            Assert.Equal((LiveStream.Ping, ""), (_events.Current.EventType, _events.Current.Data));
        }

        public async Task<bool> EndsAsync()
        {
            try
            {
                while (await ReadAsync())
                {
                    // What is still on its way does not matter.
                }
            }
            catch (IOException)
            {
                // A host that stops may cut it.
            }

            return true;
        }

        public void Dispose() => stream.Dispose();

        private Task<bool> ReadAsync() => _events.MoveNextAsync().AsTask().WaitAsync(Patience);
    }
}
