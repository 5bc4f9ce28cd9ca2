using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Dashboard.Tests.Support;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Tests.Api;

public sealed class SubmitTests : ApiTest
{
    [Theory]
    [InlineData("""{"to":"a@b"}""", true)]
    [InlineData("""{"foo":1}""", false)]
    public async Task Submit_WhereTheClassIsKnown_ChecksThePayload(string payload, bool isAccepted)
    {
        await using var host = await ApiHost.StartAsync(configure: services => services.AddSingleton<IPayloadCheck, ToCheck>());
        using var http = new HttpClient { BaseAddress = host.Url };
        var job = $$"""{"class":"email","payload":{{payload}}}""";

        var one = await http.PostAsync("/api/jobs", Json(job));
        var many = await ReadAsync(await http.PostAsync("/api/jobs/batch", Json($"[{job}]")));

        if (isAccepted)
        {
            await ReadAsync(one, HttpStatusCode.Created);
        }
        else
        {
            Assert.Equal("There is no 'to'.", await ProblemAsync(one, HttpStatusCode.BadRequest, "invalid-request"));
            Assert.Equal(0, (await host.Grid.GetClassAsync("email")).Counts.Open);
        }

        Assert.Equal(isAccepted ? "Accepted" : "Refused", (string?)many[0]!["status"]);
    }

    [Fact]
    public async Task Submit_OfANewJob_AnswersCreatedWithItsLocation()
    {
        var answer = await PostAsync("/api/jobs", """{"class":"email","payload":{"to":"a@b"}}""");

        var body = await ReadAsync(answer, HttpStatusCode.Created);
        var id = (string)body["id"]!;
        Assert.Equal("Accepted", (string?)body["status"]);
        Assert.Equal($"/api/jobs/{id}", answer.Headers.Location?.ToString());
        Assert.Equal(id, (string?)(await ReadAsync(await Http.GetAsync(answer.Headers.Location)))["id"]);
    }

    [Theory]
    [InlineData("""{"to":  "a@b",  "n": 1.10, "é":"\u00e9"}""")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("12345678901234567890.000")]
    [InlineData("[ ]")]
    public async Task Submit_KeepsThePayloadByteForByte(string payload)
    {
        await ReadAsync(await PostAsync("/api/jobs", $$"""{"class":"email","payload": {{payload}} }"""), HttpStatusCode.Created);

        Assert.Equal(payload, Encoding.UTF8.GetString(Assert.Single(Grid.All()).Payload.Span));
    }

    [Fact]
    public async Task Submit_WithEveryOption_HandsAllOfThemToTheGrid()
    {
        var id = JobId.New();
        await ReadAsync(
            await PostAsync("/api/jobs", $$"""
                {"class":"email","payload":1,"id":"{{id}}","tenant":"acme","priority":9,"delay":"00:01:30","uniqueKey":"k",
                 "maxAttempts":3,"timeout":"1.00:00:00","cost":7,"tags":["a","b"]}
                """),
            HttpStatusCode.Created);

        var job = Assert.Single(Grid.All());
        Assert.Equal((id, "acme", 9, "k", 3, 7), (job.Id, job.Tenant, job.Priority, job.UniqueKey, job.MaxAttempts, job.Cost));
        Assert.Equal(TimeSpan.FromDays(1), job.Timeout);
        Assert.Equal(Grid.Now + TimeSpan.FromSeconds(90), job.DueAt);
        Assert.Equal(["a", "b"], job.Tags);
    }

    [Fact]
    public async Task Submit_WithADueTime_KeepsTheInstant()
    {
        await ReadAsync(
            await PostAsync("/api/jobs", """{"class":"email","payload":1,"dueAt":"2030-06-01T10:00:00+02:00"}"""), HttpStatusCode.Created);

        Assert.Equal(new DateTimeOffset(2030, 6, 1, 8, 0, 0, TimeSpan.Zero), Assert.Single(Grid.All()).DueAt);
    }

    [Fact]
    public async Task Submit_OfBytes_TakesThemInBase64()
    {
        await ReadAsync(
            await PostAsync("/api/jobs", """{"class":"email","payloadBase64":"AAH/","contentType":"image/png"}"""), HttpStatusCode.Created);

        var job = Assert.Single(Grid.All());
        Assert.Equal("image/png", job.ContentType);
        Assert.Equal([0, 1, 255], job.Payload.ToArray());
    }

    [Fact]
    public async Task Submit_OfTheSameJobAgain_AnswersOkAlreadySubmitted()
    {
        var job = $$"""{"class":"email","payload":1,"id":"{{JobId.New()}}"}""";
        await PostAsync("/api/jobs", job);

        var again = await ReadAsync(await PostAsync("/api/jobs", job));

        Assert.Equal("AlreadySubmitted", (string?)again["status"]);
        Assert.Single(Grid.All());
    }

    [Fact]
    public async Task Submit_WithATakenUniqueKey_NamesTheHolder()
    {
        var holder = await SubmitAsync(options: new SubmitOptions { UniqueKey = "k" });

        var answer = await ReadAsync(await PostAsync("/api/jobs", """{"class":"email","payload":2,"uniqueKey":"k"}"""));

        Assert.Equal("UniqueKeyTaken", (string?)answer["status"]);
        Assert.Equal(holder.ToString(), (string?)answer["id"]);
    }

    [Fact]
    public async Task Submit_OfATakenIdWithAnotherPayload_IsAConflict()
    {
        var id = await SubmitAsync("1");

        var answer = await PostAsync("/api/jobs", $$"""{"class":"email","payload":2,"id":"{{id}}"}""");

        Assert.Contains(id.ToString(), await ProblemAsync(answer, HttpStatusCode.Conflict, "duplicate-job"));
    }

    [Fact]
    public async Task Submit_ToAnUnknownClass_IsNotFound()
    {
        var detail = await ProblemAsync(
            await PostAsync("/api/jobs", """{"class":"nope","payload":1}"""), HttpStatusCode.NotFound, "unknown-job-class");

        Assert.Contains("'nope'", detail);
    }

    [Fact]
    public async Task Submit_OfAPayloadOverTheLimit_IsTooLarge()
    {
        var payload = $"\"{new string('x', JobLimits.MaxPayloadBytes)}\"";

        var detail = await ProblemAsync(
            await PostAsync("/api/jobs", $$"""{"class":"email","payload":{{payload}}}"""),
            HttpStatusCode.RequestEntityTooLarge,
            "payload-too-large");

        Assert.Contains(JobLimits.MaxPayloadBytes.ToString(), detail);
        Assert.Empty(Grid.All());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Submit_OfABodyOverTheLimit_IsTooLarge(bool chunked)
    {
        var body = Json(new string(' ', HttpLimits.MaxJobBodyBytes + 1));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs") { Content = body };
        request.Headers.TransferEncodingChunked = chunked;

        var detail = await ProblemAsync(
            await Http.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, "payload-too-large");

        Assert.Contains(HttpLimits.MaxJobBodyBytes.ToString(), detail);
    }

    [Theory]
    [InlineData("""{"class":"email","payload":1,"prio":3}""", "Unknown property 'prio'; known are class, payload")]
    [InlineData("""{"class":"email","payload":1,"Priority":3}""", "Unknown property 'Priority'")]
    [InlineData("""{"class":"email","payload":1,"jobClass":"x"}""", "Unknown property 'jobClass'")]
    [InlineData("""{"class":"email","payload":1,"priority":3,"priority":4}""", "'priority' is given twice")]
    [InlineData("""{"class":"email","payload":1,"priority":"high"}""", "'priority' is \"high\"; expected a whole number")]
    [InlineData("""{"class":"email","payload":1,"priority":3.5}""", "'priority' is 3.5; expected a whole number")]
    [InlineData("""{"class":"email","payload":1,"priority":99999999999}""", "'priority' is 99999999999")]
    [InlineData("""{"class":"email","payload":1,"priority":10}""", "Priority is 10; expected 0 to 9")]
    [InlineData("""{"class":7,"payload":1}""", "'class' is 7; expected text")]
    [InlineData("""{"class":"","payload":1}""", "'class' is missing")]
    [InlineData("""{"payload":1}""", "'class' is missing")]
    [InlineData("""{"class":"email"}""", "'payload' is missing")]
    [InlineData("""{"class":"email","payload":1,"payloadBase64":"AA=="}""", "do not go together")]
    [InlineData("""{"class":"email","payloadBase64":"%"}""", "'payloadBase64' is \"%\"; expected base64")]
    [InlineData("""{"class":"email","payload":1,"contentType":"text/plain"}""", "goes with 'payloadBase64'")]
    [InlineData("""{"class":"email","payload":1,"id":"42"}""", "'id' is \"42\"; expected a job id (a UUID)")]
    [InlineData("""{"class":"email","payload":1,"id":42}""", "'id' is 42; expected a job id (a UUID)")]
    [InlineData("""{"class":"email","payload":1,"delay":"5 minutes"}""", "'delay' is \"5 minutes\"; expected a duration")]
    [InlineData("""{"class":"email","payload":1,"delay":"-00:00:05"}""", "may not be negative")]
    [InlineData("""{"class":"email","payload":1,"delay":"00:00:05","dueAt":"2030-01-01T00:00:00Z"}""", "do not go together")]
    [InlineData("""{"class":"email","payload":1,"dueAt":"tomorrow"}""", "'dueAt' is \"tomorrow\"; expected an ISO 8601 time")]
    [InlineData("""{"class":"email","payload":1,"dueAt":"2030-01-01T00:00:00"}""", "with its offset")]
    [InlineData("""{"class":"email","payload":1,"tags":"a"}""", "'tags' is \"a\"; expected an array of texts")]
    [InlineData("""{"class":"email","payload":1,"a":1,"priority":"x"}""", "'priority' is \"x\"")]
    [InlineData("""{"class":"email","payload":}""", "not valid JSON: '}' is an invalid start of a value (at byte 28)")]
    [InlineData("{\n\"class\":}", "(at line 2, byte 9)")]
    [InlineData("""{"class":"email","payload":1""", "not valid JSON")]
    [InlineData("""{"class":"email","payload":1} x""", "not valid JSON")]
    [InlineData("[]", "Expected a JSON object, not an array")]
    [InlineData("null", "Expected a JSON object, not null")]
    [InlineData("5", "Expected a JSON object, not a number")]
    [InlineData("", "it is empty")]
    public async Task Submit_OfABadBody_SaysWhatIsWrongAndStoresNothing(string body, string expected)
    {
        var detail = await ProblemAsync(await PostAsync("/api/jobs", body), HttpStatusCode.BadRequest, "invalid-request");

        Assert.Contains(expected, detail);
        Assert.Empty(Grid.All());
    }

    [Fact]
    public async Task Submit_OfABodyThatIsNotUtf8_IsInvalid()
    {
        var body = new ByteArrayContent([.. "{\"class\":\"email\",\"payload\":\""u8, 0xff, .. "\"}"u8]);
        body.Headers.ContentType = new("application/json");

        Assert.Contains(
            "not in UTF-8", await ProblemAsync(await Http.PostAsync("/api/jobs", body), HttpStatusCode.BadRequest, "invalid-request"));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/x-ndjson")]
    public async Task Submit_OfAnotherMediaType_IsUnsupported(string type)
    {
        var answer = await Http.PostAsync("/api/jobs", Json("""{"class":"email","payload":1}""", type));

        Assert.Contains(type, await ProblemAsync(answer, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type"));
    }

    [Fact]
    public async Task Submit_WhenTheGridIsAway_IsUnavailableAndSaysWhenToTryAgain()
    {
        Grid.FailWith(new GridUnavailableException("The store does not answer."));

        var answer = await PostAsync("/api/jobs", """{"class":"email","payload":1}""");

        Assert.StartsWith("The grid or its store does not answer", await ProblemAsync(answer, HttpStatusCode.ServiceUnavailable, "grid-unavailable"));
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Submit_FromAPageOfAnotherOrigin_IsForbidden()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs") { Content = Json("""{"class":"email","payload":1}""") };
        request.Headers.Add("Origin", "https://evil.example");

        await ProblemAsync(await Http.SendAsync(request), HttpStatusCode.Forbidden, "cross-origin");
        Assert.Empty(Grid.All());
    }

    [Fact]
    public async Task Submit_FromAPageOfTheSameOrigin_IsTaken()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs") { Content = Json("""{"class":"email","payload":1}""") };
        request.Headers.Add("Origin", Host.Url.GetLeftPart(UriPartial.Authority));

        await ReadAsync(await Http.SendAsync(request), HttpStatusCode.Created);
    }

    private sealed class ToCheck : IPayloadCheck
    {
        public string? FaultOf(JobSubmission submission) =>
            Encoding.UTF8.GetString(submission.Payload.Span).Contains("\"to\"") ? null : "There is no 'to'.";
    }
}
