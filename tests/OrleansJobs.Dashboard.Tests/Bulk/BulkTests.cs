using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Dashboard.Audit;
using OrleansJobs.Dashboard.Tests.Access;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Bulk;

public sealed partial class BulkTests : AccessTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SignallingTrail _trail = new();

    internal override Task<ApiHost> StartHostAsync() => StartAsync(KeySettings, services => services.AddSingleton<IAuditTrail>(_trail));

    [Fact]
    public async Task Run_OverMoreThanAPage_DoesItToEachJobOfTheFilterAndNoOther()
    {
        var meant = await SubmitManyAsync(BulkLimits.PageSize + 20, "acme");
        var other = await SubmitManyAsync(1, "initech");

        var run = await RunAsync("""{"action":"cancel","filter":{"class":"email","tenant":"acme"},"reason":"not needed"}""");

        Assert.Equal((meant.Count, meant.Count, 0), Counts(run));
        Assert.True((bool)run["done"]!);
        Assert.Equal("olga", (string?)run["startedBy"]);
        Assert.All(meant, id => Assert.Equal(("not needed", JobState.Cancelled), (StateOf(id).LastError!.Message, StateOf(id).State)));
        Assert.Equal(JobState.Queued, StateOf(other[0]).State);
    }

    [Fact]
    public async Task Run_CountsWhatItIsRefused()
    {
        var jobs = await SubmitManyAsync(3, "acme");
        Grid.Succeed(jobs[1]);

        var run = await RunAsync("""{"action":"deadLetter","filter":{"tenant":"acme"},"reason":"broken"}""");

        Assert.Equal((3, 2, 1), Counts(run));
        Assert.Equal(JobState.Succeeded, StateOf(jobs[1]).State);
    }

    [Fact]
    public async Task Run_OverJobsWhoseClassNoHostHas_Acts()
    {
        var jobs = await SubmitManyAsync(2, "acme");
        Grid.Forget("email");

        Assert.Equal((2, 2, 0), Counts(await RunAsync("""{"action":"deadLetter","filter":{"class":"email"},"reason":"its class is gone"}""")));
        Assert.All(jobs, id => Assert.Equal(JobState.DeadLettered, StateOf(id).State));
    }

    [Fact]
    public async Task Run_LeavesJobsThatWereSubmittedAfterItBegan()
    {
        var before = await SubmitManyAsync(1, "acme");
        Grid.Now = Time.GetUtcNow();
        var after = await SubmitManyAsync(1, "acme");

        var run = await RunAsync("""{"action":"cancel","filter":{"class":"email"}}""");
        Assert.Equal((1, 1, 0, 1), (Counts(run).Examined, Counts(run).Changed, Counts(run).Refused, (int)run["left"]!));
        Assert.Equal((JobState.Cancelled, JobState.Queued), (StateOf(before[0]).State, StateOf(after[0]).State));
    }

    [Fact]
    public async Task Run_OfRetriesThatFailAgainAtOnce_ComesToItsEnd()
    {
        var jobs = await SubmitManyAsync(BulkLimits.PageSize + 5, "acme");
        jobs.ForEach(id => Grid.Die(id, "no"));
        Grid.OnRetried = id => Grid.Die(id, "again no");

        Assert.Equal((jobs.Count, jobs.Count, 0), Counts(await RunAsync("""{"action":"retry","filter":{"state":"DeadLettered"}}""")));
    }

    [Fact]
    public async Task Run_IsAuditedAtItsBeginAndItsEnd()
    {
        await SubmitManyAsync(2, "acme");

        await RunAsync("""{"action":"cancel","filter":{"tenant":"acme"},"reason":"r"}""");

        var entries = (await ReadAsync(await SendAsync("GET /api/audit", OperatorKey)))["entries"]!.AsArray();
        Assert.Equal(["bulk-end", "bulk-cancel"], entries.Select(entry => (string?)entry!["verb"]));
        Assert.All(entries, entry => Assert.Equal(("olga", "acme", "Done"), ((string?)entry!["who"], (string?)entry["filter"]!["tenant"], (string?)entry["outcome"])));
        Assert.Equal((2, "r"), ((int)entries[0]!["jobs"]!, (string?)entries[1]!["reason"]));
    }

    [Fact]
    public async Task Stop_EndsARunWhereItIs()
    {
        var jobs = await SubmitManyAsync(BulkLimits.PageSize + 50, "acme");
        Grid.HoldCancels = new TaskCompletionSource().Task;
        var run = await BeginAsync("""{"action":"cancel","filter":{"tenant":"acme"}}""");

        var stopped = await ReadAsync(await SendAsync($"POST /api/bulk/{run["id"]}/stop", OperatorKey));

        Assert.True((bool)stopped["stopped"]!);
        Assert.False((bool)stopped["done"]!);
        Assert.NotNull(stopped["endedAt"]);
        Assert.All(jobs, id => Assert.Equal(JobState.Queued, StateOf(id).State));
        Assert.Equal((int)stopped["examined"]!, (int)(await ReadAsync(await SendAsync($"POST /api/bulk/{run["id"]}/stop", OperatorKey)))["examined"]!);
    }

    [Fact]
    public async Task Runs_EndWhenTheHostStops()
    {
        await SubmitManyAsync(5, "acme");
        Grid.HoldCancels = new TaskCompletionSource().Task;
        await BeginAsync("""{"action":"cancel","filter":{"tenant":"acme"}}""");

        var end = _trail.EndAsync();
        await Host.StopAsync().WaitAsync(Patience);

        Assert.Equal("stopped", (await end.WaitAsync(Patience)).Reason);
    }

    [Fact]
    public async Task Run_BeyondTheLimit_IsRefused()
    {
        await SubmitManyAsync(1, "acme");
        Grid.HoldCancels = new TaskCompletionSource().Task;
        for (var n = 0; n < BulkLimits.MaxRunning; n++)
        {
            await BeginAsync("""{"action":"cancel","filter":{"tenant":"acme"}}""");
        }

        var answer = await SendAsync("POST /api/bulk", OperatorKey, """{"action":"cancel","filter":{"tenant":"acme"}}""");

        await ProblemAsync(answer, HttpStatusCode.Conflict, "too-many-runs");
    }

    [Fact]
    public async Task Runs_AreForgottenOldestFirst()
    {
        var first = await RunAsync("""{"action":"cancel","filter":{"tenant":"nobody"}}""");
        for (var n = 0; n < BulkLimits.MaxKept; n++)
        {
            await RunAsync("""{"action":"cancel","filter":{"tenant":"nobody"}}""");
        }

        Assert.Equal(BulkLimits.MaxKept, (await ReadAsync(await SendAsync("GET /api/bulk", ViewerKey))).AsArray().Count);
        await ProblemAsync(await SendAsync($"GET /api/bulk/{first["id"]}", ViewerKey), HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Run_WaitsForAGridThatIsAway()
    {
        await SubmitManyAsync(1, "acme");
        var hold = new TaskCompletionSource();
        Grid.HoldCancels = hold.Task;
        await BeginAsync("""{"action":"cancel","filter":{"tenant":"acme"}}""");
        Grid.FailWith(new GridUnavailableException("Away."));
        hold.SetResult();
        await Grid.Refused.WaitAsync(Patience);

        Grid.FailWith(null);
        var end = _trail.EndAsync();
        while (!end.IsCompleted)
        {
            Time.Advance(BulkLimits.RetryPause);
            await Task.Yield();
        }

        Assert.Equal((1, AuditOutcome.Done), ((await end).Jobs, (await end).Outcome));
    }

    [Theory]
    [InlineData("""{"action":"cancel","filter":{}}""", "empty")]
    [InlineData("""{"action":"cancel"}""", "empty")]
    [InlineData("""{"action":"cancel","filter":{"from":"0001-01-01T00:00:00Z"}}""", "say which jobs")]
    [InlineData("""{"action":"cancel","filter":{"before":"9999-12-31T00:00:00Z"}}""", "say which jobs")]
    [InlineData("""{"action":"cancel","filter":{"from":"0001-01-01T00:00:00Z","before":"9999-12-31T00:00:00Z"}}""", "say which jobs")]
    [InlineData("""{"action":"cancel","filter":{"class":""}}""", "'class' is empty")]
    [InlineData("""{"action":"cancel","filter":{"tag":""}}""", "'tag' is empty")]
    [InlineData("""{"action":"cancel","filter":{"uniqueKey":""}}""", "'uniqueKey' is empty")]
    [InlineData("""{"action":"cancel","filter":{"error":""}}""", "'error' is empty")]
    [InlineData("""{"filter":{"class":"email"}}""", "'action'")]
    [InlineData("""{"action":"explode","filter":{"class":"email"}}""", "'action'")]
    [InlineData("""{"action":"deadLetter","filter":{"class":"email"}}""", "'reason'")]
    [InlineData("""{"action":"cancel","filter":{"tenent":"acme"}}""", "'filter'")]
    [InlineData("""{"action":"delete","filter":{"state":"Queued"}}""", "only jobs that have ended can be deleted")]
    public async Task Request_ThatSaysTooLittle_IsRefused(string body, string part)
    {
        Assert.Contains(part, await ProblemAsync(await SendAsync("POST /api/bulk", OperatorKey, body), HttpStatusCode.BadRequest, "invalid-request"));
        Assert.Empty((await ReadAsync(await SendAsync("GET /api/bulk", ViewerKey))).AsArray());
    }

    [Fact]
    public async Task Request_OfAnUnknownClassOrRun_IsNotFound()
    {
        await ProblemAsync(
            await SendAsync("POST /api/bulk", OperatorKey, """{"action":"cancel","filter":{"class":"nobody"}}"""), HttpStatusCode.NotFound, "unknown-job-class");
        await ProblemAsync(await SendAsync($"POST /api/bulk/{Guid.NewGuid()}/stop", OperatorKey), HttpStatusCode.NotFound, "not-found");
        await ProblemAsync(await SendAsync("GET /api/bulk/x", ViewerKey), HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Viewer_WithAWideFilter_IsRefused()
    {
        var jobs = await SubmitManyAsync(10_000, "acme");

        var answer = await SendAsync("POST /api/bulk", ViewerKey, """{"action":"cancel","filter":{"class":"email"}}""");

        await ProblemAsync(answer, HttpStatusCode.Forbidden, "forbidden");
        Assert.Empty((await ReadAsync(await SendAsync("GET /api/bulk", ViewerKey))).AsArray());
        Assert.All(jobs, id => Assert.Equal(JobState.Queued, StateOf(id).State));
    }

    private static (int Examined, int Changed, int Refused) Counts(JsonNode run) =>
        ((int)run["examined"]!, (int)run["changed"]!, (int)run["refused"]!);

    private JobSnapshot StateOf(JobId id) => Grid.Get(id);

    private async Task<List<JobId>> SubmitManyAsync(int count, string tenant)
    {
        Grid.Now = Grid.Now > Time.GetUtcNow() ? Time.GetUtcNow().AddHours(-1) : Grid.Now;
        var submissions = Enumerable.Range(0, count).Select(_ => new JobSubmission
        {
            Id = JobId.New(), JobClass = "email", Payload = "{}"u8.ToArray(), Options = new SubmitOptions { Tenant = tenant },
        });
        return [.. (await Grid.SubmitManyAsync([.. submissions])).Select(outcome => outcome.Id)];
    }

    private async Task<JsonNode> BeginAsync(string body) =>
        await ReadAsync(await SendAsync("POST /api/bulk", OperatorKey, body), HttpStatusCode.Accepted);

    private async Task<JsonNode> RunAsync(string body)
    {
        var end = _trail.EndAsync();
        var run = await BeginAsync(body);
        await end.WaitAsync(Patience);
        return await ReadAsync(await SendAsync($"GET /api/bulk/{run["id"]}", ViewerKey));
    }

    /// <summary>Tells when the end of a run has been written.</summary>
    private sealed class SignallingTrail : IAuditTrail
    {
        private readonly InMemoryAuditTrail _trail = new();
        private TaskCompletionSource<AuditEntry> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<AuditEntry> EndAsync() => _end.Task;

        public async Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default)
        {
            await _trail.AppendAsync(entry, cancellationToken);
            if (entry.Verb == AuditVerb.BulkEnd)
            {
                Interlocked.Exchange(ref _end, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult(entry);
            }
        }

        public Task<AuditPage> ReadAsync(string? cursor, int limit, AuditKind? kind = null, CancellationToken cancellationToken = default) =>
            _trail.ReadAsync(cursor, limit, kind, cancellationToken);
    }
}
