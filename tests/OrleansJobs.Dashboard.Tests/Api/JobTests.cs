using System.Net;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Api;

public sealed class JobTests : ApiTest
{
    [Fact]
    public async Task Get_ShowsTheJobWithItsPayload()
    {
        var id = await SubmitAsync("""{"to":"a@b"}""", new SubmitOptions { Tenant = "acme", Tags = ["x"], Timeout = TimeSpan.FromMinutes(5) });

        var job = await ReadAsync(await Http.GetAsync($"/api/jobs/{id}"));

        Assert.Equal((string?)job["id"], id.ToString());
        Assert.Equal("email", (string?)job["class"]);
        Assert.Equal("Queued", (string?)job["state"]);
        Assert.Equal("acme", (string?)job["tenant"]);
        Assert.Equal("00:05:00", (string?)job["timeout"]);
        Assert.Equal("2030-01-01T12:00:00+00:00", (string?)job["submittedAt"]);
        Assert.Equal("a@b", (string?)job["payload"]!["to"]);
        Assert.False(job.AsObject().ContainsKey("result"));
        Assert.False(job.AsObject().ContainsKey("startedAt"));
    }

    [Fact]
    public async Task Get_OfAnEndedJob_ShowsResultAndError()
    {
        var (good, bad) = (await SubmitAsync(), await SubmitAsync());
        Grid.Start(good);
        Grid.Succeed(good, """{"sent":true}""");
        Grid.Die(bad, "no such mailbox");

        Assert.True((bool?)(await ReadAsync(await Http.GetAsync($"/api/jobs/{good}")))["result"]!["sent"]);
        Assert.Equal("no such mailbox", (string?)(await ReadAsync(await Http.GetAsync($"/api/jobs/{bad}")))["lastError"]!["message"]);
    }

    [Theory]
    [InlineData("application/json", "{not json")]
    [InlineData("text/plain", "5")]
    public async Task Get_OfAPayloadThatIsNotJson_ShowsItInBase64(string contentType, string payload)
    {
        var submission = new JobSubmission
        {
            JobClass = "email",
            Payload = System.Text.Encoding.UTF8.GetBytes(payload),
            ContentType = contentType,
        };
        await Grid.SubmitAsync(submission);

        var job = await ReadAsync(await Http.GetAsync($"/api/jobs/{submission.Id}"));

        Assert.Equal(submission.Payload.ToArray(), Convert.FromBase64String((string)job["payloadBase64"]!));
        Assert.False(job.AsObject().ContainsKey("payload"));
    }

    [Fact]
    public async Task Get_OfAnUnknownJob_IsNotFound()
    {
        var id = JobId.New();

        Assert.Contains(id.ToString(), await ProblemAsync(await Http.GetAsync($"/api/jobs/{id}"), HttpStatusCode.NotFound, "job-not-found"));
        await ProblemAsync(await Http.GetAsync($"/api/jobs/{id}?wait=1"), HttpStatusCode.NotFound, "job-not-found");
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/why")]
    [InlineData("GET", "/result")]
    [InlineData("POST", "/cancel")]
    [InlineData("POST", "/retry")]
    [InlineData("DELETE", "")]
    public async Task AnyCall_WithABadId_SaysSo(string method, string call)
    {
        var answer = await Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"/api/jobs/42{call}"));

        Assert.Equal("'42' is not a job id (a UUID).", await ProblemAsync(answer, HttpStatusCode.BadRequest, "invalid-request"));
    }

    [Theory]
    [InlineData("/why", "GET")]
    [InlineData("/result", "GET")]
    [InlineData("/cancel", "POST")]
    [InlineData("/retry", "POST")]
    [InlineData("", "DELETE")]
    public async Task AnyCall_OnAnUnknownJob_IsNotFound(string call, string method)
    {
        var answer = await Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"/api/jobs/{JobId.New()}{call}"));

        await ProblemAsync(answer, HttpStatusCode.NotFound, "job-not-found");
    }

    [Fact]
    public async Task Delete_OfAnEndedJob_ShowsItAsItWas_AndItIsGone()
    {
        var id = await SubmitAsync("""{"to":"a@b"}""");
        Grid.Die(id, "no such mailbox");

        var job = await ReadAsync(await Http.DeleteAsync($"/api/jobs/{id}"));

        Assert.Equal(("DeadLettered", "a@b"), ((string?)job["state"], (string?)job["payload"]!["to"]));
        await ProblemAsync(await Http.GetAsync($"/api/jobs/{id}"), HttpStatusCode.NotFound, "job-not-found");
        await ProblemAsync(await Http.DeleteAsync($"/api/jobs/{id}"), HttpStatusCode.NotFound, "job-not-found");
    }

    [Fact]
    public async Task Delete_OfAnOpenJob_SaysThatItHasToBeCancelledFirst()
    {
        var id = await SubmitAsync();

        var detail = await ProblemAsync(await Http.DeleteAsync($"/api/jobs/{id}"), HttpStatusCode.Conflict, "job-state");

        Assert.Equal($"Job {id} cannot be deleted: it is Queued; cancel it first, and delete it when it has ended.", detail);
        Assert.Equal(JobState.Queued, Grid.Get(id).State);
    }

    [Fact]
    public async Task Wait_ForASeenVersion_AnswersWhenTheJobChanges()
    {
        var id = await SubmitAsync();

        var waiting = Http.GetAsync($"/api/jobs/{id}?wait=20&version=1");
        await Grid.Waiting.WaitAsync();
        Assert.False(waiting.IsCompleted);
        Grid.Start(id);

        var job = await ReadAsync(await waiting);
        Assert.Equal("Running", (string?)job["state"]);
        Assert.Equal(2, (int?)job["version"]);
    }

    [Theory]
    [InlineData("wait=20")]
    [InlineData("wait=20&version=0")]
    [InlineData("version=1")]
    [InlineData("wait=0&version=1")]
    public async Task Wait_WithNothingToWaitFor_AnswersAtOnce(string query)
    {
        var id = await SubmitAsync();

        Assert.Equal(1, (int?)(await ReadAsync(await Http.GetAsync($"/api/jobs/{id}?{query}")))["version"]);
    }

    [Fact]
    public async Task Wait_WhenTheHostStops_EndsAtOnceAndSaysToAskAgain()
    {
        var id = await SubmitAsync();
        var waiting = Http.GetAsync($"/api/jobs/{id}?wait=20&version=1");
        await Grid.Waiting.WaitAsync();

        var stopping = Host.StopAsync();

        await ProblemAsync(await waiting, HttpStatusCode.ServiceUnavailable, "grid-unavailable");
        await stopping;
    }

    [Fact]
    public async Task Why_ExplainsTheWait()
    {
        var id = await SubmitAsync(options: new SubmitOptions { DueAt = Grid.Now.AddHours(1) });

        var why = await ReadAsync(await Http.GetAsync($"/api/jobs/{id}/why"));

        Assert.Equal("NotDue", (string?)why["reason"]);
        Assert.Equal("2030-01-01T13:00:00+00:00", (string?)why["until"]);
        Assert.NotNull(why["explanation"]);
    }

    [Fact]
    public async Task Result_IsTheBytesThemselves()
    {
        var id = await SubmitAsync();
        Grid.Succeed(id, """{ "a" : 1 }""");

        var answer = await Http.GetAsync($"/api/jobs/{id}/result");

        Assert.Equal("""{ "a" : 1 }""", await answer.Content.ReadAsStringAsync());
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
    }

    [Fact]
    public async Task Result_OfAJobWithoutOne_IsNoContent()
    {
        var id = await SubmitAsync();
        Grid.Succeed(id);

        Assert.Equal(HttpStatusCode.NoContent, (await Http.GetAsync($"/api/jobs/{id}/result")).StatusCode);
    }

    [Fact]
    public async Task Result_OfAJobThatHasNotSucceeded_IsAConflict()
    {
        var id = await SubmitAsync();

        Assert.Contains("Queued", await ProblemAsync(await Http.GetAsync($"/api/jobs/{id}/result"), HttpStatusCode.Conflict, "job-state"));
    }

    [Fact]
    public async Task Cancel_WithAReason_KeepsIt()
    {
        var id = await SubmitAsync();

        var job = await ReadAsync(await PostAsync($"/api/jobs/{id}/cancel", """{"reason":"changed my mind"}"""));

        Assert.Equal("Cancelled", (string?)job["state"]);
        Assert.Equal("changed my mind", (string?)job["lastError"]!["message"]);
    }

    [Fact]
    public async Task Cancel_WithoutABody_IsFine()
    {
        var id = await SubmitAsync();
        Grid.Start(id);

        var job = await ReadAsync(await Http.PostAsync($"/api/jobs/{id}/cancel", null));

        Assert.Equal("Running", (string?)job["state"]);
        Assert.True((bool?)job["cancelRequested"]);
    }

    [Fact]
    public async Task Cancel_OfAJobThatSucceeded_IsAConflict()
    {
        var id = await SubmitAsync();
        Grid.Succeed(id);

        await ProblemAsync(await Http.PostAsync($"/api/jobs/{id}/cancel", null), HttpStatusCode.Conflict, "job-state");
    }

    [Fact]
    public async Task Cancel_WithAnUnknownProperty_ChangesNothing()
    {
        var id = await SubmitAsync();

        var answer = await PostAsync($"/api/jobs/{id}/cancel", """{"why":"x"}""");

        Assert.Contains("'why'", await ProblemAsync(answer, HttpStatusCode.BadRequest, "invalid-request"));
        Assert.Equal(JobState.Queued, Assert.Single(Grid.All()).State);
    }

    [Fact]
    public async Task Retry_PutsADeadLetterBack()
    {
        var id = await SubmitAsync();
        Grid.Die(id, "boom");

        Assert.Equal("Queued", (string?)(await ReadAsync(await Http.PostAsync($"/api/jobs/{id}/retry", null)))["state"]);
    }

    [Fact]
    public async Task Retry_OfARunningJob_IsAConflict()
    {
        var id = await SubmitAsync();
        Grid.Start(id);

        await ProblemAsync(await Http.PostAsync($"/api/jobs/{id}/retry", null), HttpStatusCode.Conflict, "job-state");
    }

    [Fact]
    public async Task DeadLetter_WithAReason_EndsAWaitingJob()
    {
        var id = await SubmitAsync();

        var job = await ReadAsync(await PostAsync($"/api/jobs/{id}/dead-letter", """{"reason":"poison"}"""));

        Assert.Equal("DeadLettered", (string?)job["state"]);
        Assert.Equal("poison", (string?)job["lastError"]!["message"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"reason":" "}""")]
    public async Task DeadLetter_WithoutAReason_IsInvalid(string? body)
    {
        var id = await SubmitAsync();

        var answer = await Http.PostAsync($"/api/jobs/{id}/dead-letter", body is null ? null : Json(body));

        Assert.Contains("'reason' is missing", await ProblemAsync(answer, HttpStatusCode.BadRequest, "invalid-request"));
        Assert.Equal(JobState.Queued, Assert.Single(Grid.All()).State);
    }

    [Fact]
    public async Task AnyFailure_TellsNothingOfItsInside()
    {
        Grid.FailWith(new InvalidOperationException("Password=hunter2"));

        var answer = await Http.GetAsync($"/api/jobs/{JobId.New()}");

        await ProblemAsync(answer, HttpStatusCode.InternalServerError, "internal-error");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("hunter2", text);
        Assert.DoesNotContain(" at ", text);
    }
}
