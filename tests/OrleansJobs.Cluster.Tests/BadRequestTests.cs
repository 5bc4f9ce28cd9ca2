using System.Net;
using System.Text.Json;
using OrleansJobs.ProcessKit;
using OrleansJobs.Http;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>Bad requests to a running silo: each gets a clear refusal and changes nothing.</summary>
public sealed class BadRequestTests(SharedPostgres postgres, ITestOutputHelper output) : ClusterTest(postgres, output)
{
    private static readonly string Known = JobId.New().ToString();

    /// <summary>What is wrong, the call, and the status and code that it has to get.</summary>
    private static readonly (string What, HttpMethod Method, string Path, string? Body, HttpStatusCode Status, string Code)[] Calls =
    [
        ("unknown class", HttpMethod.Post, "/api/jobs", """{"class":"nosuch","payload":{}}""", HttpStatusCode.NotFound, "unknown-job-class"),
        ("unknown class, asked for", HttpMethod.Get, "/api/classes/nosuch", null, HttpStatusCode.NotFound, "unknown-job-class"),
        ("unknown class, changed", HttpMethod.Patch, "/api/classes/nosuch", """{"paused":true}""", HttpStatusCode.NotFound, "unknown-job-class"),
        ("no class", HttpMethod.Post, "/api/jobs", """{"payload":{}}""", HttpStatusCode.BadRequest, "invalid-request"),
        ("no payload", HttpMethod.Post, "/api/jobs", """{"class":"probe"}""", HttpStatusCode.BadRequest, "invalid-request"),
        ("payload over the limit", HttpMethod.Post, "/api/jobs", Large(), HttpStatusCode.RequestEntityTooLarge, "payload-too-large"),
        ("body over the limit", HttpMethod.Post, "/api/jobs", new string(' ', HttpLimits.MaxJobBodyBytes + 1), HttpStatusCode.RequestEntityTooLarge, "payload-too-large"),
        ("payload not valid JSON", HttpMethod.Post, "/api/jobs", """{"class":"probe","payloadBase64":"e30oKQ==","contentType":"application/json"}""", HttpStatusCode.BadRequest, "invalid-request"),
        ("body not valid JSON", HttpMethod.Post, "/api/jobs", """{"class":""", HttpStatusCode.BadRequest, "invalid-request"),
        ("unknown property", HttpMethod.Post, "/api/jobs", Job("\"prio\":3"), HttpStatusCode.BadRequest, "invalid-request"),
        ("negative delay", HttpMethod.Post, "/api/jobs", Job("\"delay\":\"-00:00:01\""), HttpStatusCode.BadRequest, "invalid-request"),
        ("delay over the limit", HttpMethod.Post, "/api/jobs", Job("\"delay\":\"900.00:00:00\""), HttpStatusCode.BadRequest, "invalid-request"),
        ("priority too high", HttpMethod.Post, "/api/jobs", Job("\"priority\":10"), HttpStatusCode.BadRequest, "invalid-request"),
        ("priority too low", HttpMethod.Post, "/api/jobs", Job("\"priority\":-1"), HttpStatusCode.BadRequest, "invalid-request"),
        ("cost out of range", HttpMethod.Post, "/api/jobs", Job("\"cost\":0"), HttpStatusCode.BadRequest, "invalid-request"),
        ("attempts out of range", HttpMethod.Post, "/api/jobs", Job("\"maxAttempts\":0"), HttpStatusCode.BadRequest, "invalid-request"),
        ("id that is none", HttpMethod.Post, "/api/jobs", Job("\"id\":\"42\""), HttpStatusCode.BadRequest, "invalid-request"),
        ("duplicate id, other payload", HttpMethod.Post, "/api/jobs", Job($"\"id\":\"{Known}\""), HttpStatusCode.Conflict, "duplicate-job"),
        ("unknown job id", HttpMethod.Get, $"/api/jobs/{JobId.New()}", null, HttpStatusCode.NotFound, "job-not-found"),
        ("unknown job id, cancelled", HttpMethod.Post, $"/api/jobs/{JobId.New()}/cancel", null, HttpStatusCode.NotFound, "job-not-found"),
        ("job id that is none", HttpMethod.Get, "/api/jobs/42", null, HttpStatusCode.BadRequest, "invalid-request"),
        ("dead letters without a reason", HttpMethod.Post, $"/api/jobs/{Known}/dead-letter", null, HttpStatusCode.BadRequest, "invalid-request"),
        ("result of a job that waits", HttpMethod.Get, $"/api/jobs/{Known}/result", null, HttpStatusCode.Conflict, "job-state"),
        ("weight too high", HttpMethod.Patch, "/api/classes/probe", """{"tenantWeights":{"a":1001}}""", HttpStatusCode.BadRequest, "invalid-options"),
        ("weight too low", HttpMethod.Patch, "/api/classes/probe", """{"tenantWeights":{"a":0}}""", HttpStatusCode.BadRequest, "invalid-options"),
        ("workers above the ceiling", HttpMethod.Patch, "/api/classes/probe", """{"maxLocalWorkers":10000}""", HttpStatusCode.BadRequest, "invalid-options"),
        ("two bad limits", HttpMethod.Patch, "/api/classes/probe", """{"maxLocalWorkers":-1,"rate":{"permits":-5}}""", HttpStatusCode.BadRequest, "invalid-options"),
        ("limit of a list too high", HttpMethod.Get, "/api/jobs?limit=1001", null, HttpStatusCode.BadRequest, "invalid-request"),
        ("cursor that is none", HttpMethod.Get, "/api/jobs?cursor=nonsense", null, HttpStatusCode.BadRequest, "invalid-request"),
        ("batch too large", HttpMethod.Post, "/api/jobs/batch", Batch(), HttpStatusCode.RequestEntityTooLarge, "batch-too-large"),
        ("no such path", HttpMethod.Get, "/api/nosuch", null, HttpStatusCode.NotFound, "not-found"),
    ];

    [SkippableFact]
    public Task BadRequest_IsRefusedClearly_AndChangesNothing() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var silo = await grid.StartAsync();
        var first = await silo.Http.CallAsync(HttpMethod.Post, "/api/jobs", Job($"\"delay\":\"01:00:00\",\"id\":\"{Known}\"", payload: "{\"milliseconds\":1}"));
        Assert.Equal(HttpStatusCode.Created, first.Status);
        var before = await SeenAsync(silo);
        var table = new AnswerTable();
        var wrong = new List<string>();
        foreach (var call in Calls)
        {
            var answer = await silo.Http.CallAsync(call.Method, call.Path, call.Body);
            var problem = answer.Problem();
            table.Add(call.What, problem);
            if (answer.Status != call.Status || problem.Code != call.Code || problem.Detail.Length == 0)
            {
                wrong.Add($"{call.What}: expected {(int)call.Status} {call.Code}, got {answer.Body}");
            }
        }

        Say(table.ToString());
        Assert.Empty(wrong);
        Assert.Equal(before, await SeenAsync(silo));
    });

    private static async Task<string> SeenAsync(HostProcess silo) =>
        JsonSerializer.Serialize((await silo.Http.ClassAsync()) with { Pools = [] }, JobsHttpJson.Options)
        + JsonSerializer.Serialize((await silo.Http.AllAsync()).Values, JobsHttpJson.Options);

    private static string Job(string more, string payload = "{}") => $$"""{"class":"probe","payload":{{payload}},{{more}}}""";

    private static string Large() => Job("\"priority\":5", $"\"{new string('x', JobLimits.MaxPayloadBytes)}\"");

    private static string Batch() => $"[{string.Join(',', Enumerable.Repeat(Job("\"priority\":5"), JobLimits.MaxSubmitBatch + 1))}]";
}
