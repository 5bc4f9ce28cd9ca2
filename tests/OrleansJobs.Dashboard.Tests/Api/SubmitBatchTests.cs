using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OrleansJobs.Dashboard.Tests.Support;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Tests.Api;

public sealed class SubmitBatchTests : ApiTest
{
    private const string Ndjson = "application/x-ndjson";

    [Fact]
    public async Task Batch_OfAnArray_AnswersForEachInOrder()
    {
        var holder = await SubmitAsync(options: new SubmitOptions { UniqueKey = "k" });

        var answers = await BatchAsync("""
            [{"class":"email","payload":1},
             {"class":"nope","payload":2},
             {"class":"email","payload":3,"uniqueKey":"k"},
             {"class":"email","payload":4,"colour":"red"},
             {"class":"index","payload":5}]
            """);

        Assert.Equal([1, 2, 3, 4, 5], answers.Select(answer => (int)answer!["line"]!));
        Assert.Equal(
            ["Accepted", "Refused", "UniqueKeyTaken", "Refused", "Accepted"], answers.Select(answer => (string)answer!["status"]!));
        Assert.Equal("unknown-job-class", (string?)answers[1]!["error"]!["code"]);
        Assert.Equal(404, (int?)answers[1]!["error"]!["status"]);
        Assert.Equal(holder.ToString(), (string?)answers[2]!["id"]);
        Assert.Contains("'colour'", (string?)answers[3]!["error"]!["detail"]);
        Assert.Null(answers[3]!["id"]);
        Assert.Equal(3, Grid.All().Count);
        Assert.Contains(Grid.All(), job => job.Id.ToString() == (string?)answers[4]!["id"] && job.JobClass == "index");
    }

    [Fact]
    public async Task Batch_OfLines_NumbersThemAsInTheBodyAndLosesNoGoodOne()
    {
        var answers = await BatchAsync("{\"class\":\"email\",\"payload\":1}\r\n\n{oops\n  {\"class\":\"email\",\"payload\":2}", Ndjson);

        Assert.Equal([1, 3, 4], answers.Select(answer => (int)answer!["line"]!));
        Assert.Equal(["Accepted", "Refused", "Accepted"], answers.Select(answer => (string)answer!["status"]!));
        Assert.Equal("invalid-request", (string?)answers[1]!["error"]!["code"]);
        Assert.Equal(["1", "2"], Grid.All().Select(job => Encoding.UTF8.GetString(job.Payload.Span)).Order());
    }

    [Fact]
    public async Task Batch_OfLines_RefusesALineThatIsTooLong()
    {
        var answers = await BatchAsync($"{new string('x', HttpLimits.MaxJobBodyBytes + 1)}\n{{\"class\":\"email\",\"payload\":2}}", Ndjson);

        Assert.Equal("payload-too-large", (string?)answers[0]!["error"]!["code"]);
        Assert.Equal("Accepted", (string?)answers[1]!["status"]);
    }

    [Theory]
    [InlineData("[]", "application/json")]
    [InlineData("", Ndjson)]
    [InlineData("\n\n", Ndjson)]
    public async Task Batch_OfNothing_AnswersNothing(string body, string type)
    {
        Assert.Empty(await BatchAsync(body, type));
        Assert.Empty(Grid.BatchSizes);
    }

    [Fact]
    public async Task Batch_OfTheMostThatIsAllowed_IsOneCallToTheGrid()
    {
        var answers = await BatchAsync(Lines(JobLimits.MaxSubmitBatch), Ndjson);

        Assert.Equal(JobLimits.MaxSubmitBatch, answers.Count);
        Assert.Equal([JobLimits.MaxSubmitBatch], Grid.BatchSizes);
    }

    [Fact]
    public async Task Batch_OfOneMore_IsRefusedWhole()
    {
        var answer = await Http.PostAsync("/api/jobs/batch", Json(Lines(JobLimits.MaxSubmitBatch + 1), Ndjson));

        Assert.Contains("10001", await ProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge, "batch-too-large"));
        Assert.Empty(Grid.All());
    }

    [Fact]
    public async Task Batch_OverTheBodyLimit_IsTooLarge()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs/batch")
        {
            Content = Json(new string(' ', HttpLimits.MaxBatchBodyBytes + 1)),
        };
        request.Headers.ExpectContinue = true;

        await ProblemAsync(await Http.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, "payload-too-large");
    }

    [Theory]
    [InlineData("""{"class":"email","payload":1}""", "Expected a JSON array")]
    [InlineData("[1,", "not valid JSON")]
    public async Task Batch_ThatIsNoArray_IsInvalid(string body, string expected)
    {
        var answer = await PostAsync("/api/jobs/batch", body);

        Assert.Contains(expected, await ProblemAsync(answer, HttpStatusCode.BadRequest, "invalid-request"));
    }

    [Fact]
    public async Task Batch_OfAnotherMediaType_IsUnsupported() =>
        await ProblemAsync(
            await Http.PostAsync("/api/jobs/batch", Json("[]", "text/csv")), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");

    private static string Lines(int count) => string.Join('\n', Enumerable.Repeat("""{"class":"email","payload":1}""", count));

    private async Task<JsonArray> BatchAsync(string body, string type = "application/json") =>
        (await ReadAsync(await Http.PostAsync("/api/jobs/batch", Json(body, type)))).AsArray();
}
