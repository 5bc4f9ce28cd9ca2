using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Access;

/// <summary>Every answer that holds a job, and who sees all of it. The class email hides; index does not.</summary>
public sealed class JobViewTests : AccessTest
{
    private const string Secret = "hunter2";

    public static TheoryData<string> Answers =>
        ["GET /api/jobs/{id}", "GET /api/jobs/{id}?wait=0", "GET /api/jobs", "GET /api/jobs/{id}/result", "GET /api/classes/{class}/results"];

    internal override Task<ApiHost> StartHostAsync()
    {
        var settings = KeySettings;
        settings["JobGrid:Access:Reveal:index"] = "operator";
        return StartAsync(settings, services => services.AddSingleton<IJobRedactor, Redactor>());
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Answer_OfAClassThatRevealsToNobody_IsRedactedForAll(string call)
    {
        foreach (var key in new[] { ViewerKey, OperatorKey, AdminKey })
        {
            Assert.DoesNotContain(Secret, await TextAsync(call, "email", key));
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Answer_OfAClassThatRevealsToOperators_IsRedactedForViewersAlone(string call)
    {
        Assert.DoesNotContain(Secret, await TextAsync(call, "index", ViewerKey));
        Assert.Contains(Secret, await TextAsync(call, "index", OperatorKey));
        Assert.Contains(Secret, await TextAsync(call, "index", AdminKey));
    }

    [Theory]
    [InlineData("cancel", "{}")]
    [InlineData("dead-letter", """{"reason":"r"}""")]
    [InlineData("retry", null)]
    public async Task Answer_OfAnAct_IsRedactedToo(string act, string? body)
    {
        var id = await SubmitAsync($"\"{Secret}\"");

        var text = await (await SendAsync($"POST /api/jobs/{id}/{act}", OperatorKey, body)).Content.ReadAsStringAsync();

        Assert.Contains(id.ToString(), text);
        Assert.DoesNotContain(Secret, text);
    }

    /// <summary>Were they answered in two ways, whoever may submit could try payloads until one is right.</summary>
    [Theory]
    [InlineData("email", "\"hunter1\"")]
    [InlineData("email", "\"hunter2\"")]
    public async Task Resubmit_OfAHiddenJob_DoesNotTellWhetherThePayloadIsRight(string jobClass, string payload)
    {
        var id = await SubmitAsync($"\"{Secret}\"", null, jobClass);
        var job = $$"""{"id":"{{id}}","class":"{{jobClass}}","payload":{{payload}}}""";

        var one = await ReadAsync(await SendAsync("POST /api/jobs", OperatorKey, job));
        var batch = await ReadAsync(await SendAsync("POST /api/jobs/batch", OperatorKey, $"[{job}]"));

        Assert.Equal($$"""{"id":"{{id}}","status":"AlreadySubmitted"}""", one.ToJsonString());
        Assert.Equal($$"""[{"line":1,"id":"{{id}}","status":"AlreadySubmitted"}]""", batch.ToJsonString());
    }

    [Fact]
    public async Task Resubmit_OfAJobThatIsShown_TellsThatThePayloadIsAnother()
    {
        var id = await SubmitAsync($"\"{Secret}\"", null, "index");

        await ProblemAsync(
            await SendAsync("POST /api/jobs", OperatorKey, $$"""{"id":"{{id}}","class":"index","payload":1}"""), System.Net.HttpStatusCode.Conflict, "duplicate-job");
    }

    /// <summary>That the id is another class's is no secret: whoever knows it sees the job's class.</summary>
    [Fact]
    public async Task Resubmit_ToAnotherClass_IsADuplicate()
    {
        var id = await SubmitAsync($"\"{Secret}\"", null, "index");

        await ProblemAsync(
            await SendAsync("POST /api/jobs", OperatorKey, $$"""{"id":"{{id}}","class":"email","payload":"{{Secret}}"}"""), System.Net.HttpStatusCode.Conflict, "duplicate-job");
    }

    private async Task<string> TextAsync(string call, string jobClass, string key)
    {
        var id = await SubmitAsync($"\"{Secret}\"", null, jobClass);
        Grid.Report(id, 0.5, Secret);
        Grid.Succeed(id, $"\"{Secret}\"");
        var answer = await SendAsync(call.Replace("{id}", id.ToString()).Replace("{class}", jobClass), key);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    private sealed class Redactor : IJobRedactor
    {
        public bool Hides(string jobClass) => true;

        public JobSnapshot Redact(JobSnapshot job) => job with
        {
            Payload = job.Payload.IsEmpty ? job.Payload : Encoding.UTF8.GetBytes("\"[redacted]\""),
            Result = job.Result is null ? job.Result : Encoding.UTF8.GetBytes("\"[redacted]\""),
            Progress = null,
            LastError = null,
        };
    }
}
