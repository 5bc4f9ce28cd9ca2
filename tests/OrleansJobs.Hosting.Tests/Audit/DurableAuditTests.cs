using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansJobs.Workers.Registration;
using OrleansJobs.Postgres;
using OrleansJobs.TestKit;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Hosting.Tests.Audit;

/// <summary>What a host shows of the audit trail in its store.</summary>
public sealed class DurableAuditTests : IDisposable
{
    private const int Kept = 1_000, Many = 2 * Kept;

    private readonly string _folder = Directory.CreateTempSubdirectory("orleansjobs-audit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task SignInsAndRefusals_HoweverMany_LeaveTheChangesThere_OnSqlite() =>
        CheckAsync(jobs => jobs.UseSqliteJobs(Path.Combine(_folder, "jobs.db")));

    [SkippableFact]
    public async Task SignInsAndRefusals_HoweverMany_LeaveTheChangesThere_OnPostgres()
    {
        Skip.If(PostgresServer.WhyUnavailable is not null, PostgresServer.WhyUnavailable);
        await using var server = await PostgresServer.StartAsync(durable: false);
        var database = await server.CreateDatabaseAsync();
        await CheckAsync(jobs => jobs.UsePostgresJobs(database));
    }

    private static async Task CheckAsync(Action<JobGridBuilder> store)
    {
        await using var app = Build(store);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var paused = await http.PostAsync("/api/classes/email/pause", null);
        Assert.Equal(HttpStatusCode.OK, paused.StatusCode);

        // The API writes them at a pace, so thousands of them come by many hosts, or in many days.
        var trail = app.Services.GetRequiredService<IAuditTrail>();
        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => trail.AppendAsync(Entry(AuditVerb.SignIn, AuditOutcome.Done))));
        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => trail.AppendAsync(Entry(AuditVerb.Resume, AuditOutcome.Refused))));

        var all = await ReadAllAsync(http, "");
        Assert.Equal("pause", (string?)all[^1]["verb"]);
        Assert.Equal(
            [("Change", 1), ("Refusal", Kept), ("SignIn", Kept)],
            all.GroupBy(entry => (string)entry["kind"]!).Select(kind => (kind.Key, kind.Count())).Order());
        Assert.Equal("pause", (string?)Assert.Single(await ReadAllAsync(http, "&kind=change"))["verb"]);
        Assert.Equal(Kept, (await ReadAllAsync(http, "&kind=SignIn")).Count);
    }

    private static async Task<List<JsonNode>> ReadAllAsync(HttpClient http, string query)
    {
        List<JsonNode> entries = [];
        for (var cursor = ""; cursor is not null;)
        {
            var page = JsonNode.Parse(await http.GetStringAsync($"/api/audit?limit=300{query}{(cursor.Length > 0 ? "&cursor=" : "")}{cursor}"))!;
            entries.AddRange(page["entries"]!.AsArray()!);
            cursor = (string?)page["nextCursor"];
        }

        return entries;
    }

    private static AuditEntry Entry(string verb, AuditOutcome outcome) =>
        new() { At = DateTimeOffset.UtcNow, Who = "val", Role = "viewer", Verb = verb, Outcome = outcome, Error = outcome == AuditOutcome.Refused ? "forbidden" : null };

    private static WebApplication Build(Action<JobGridBuilder> store)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            [$"{JobSettings.Section}:Audit:Changes:MaxEntries"] = $"{Kept}",
            [$"{JobSettings.Section}:Audit:SignIns:MaxEntries"] = $"{Kept}",
            [$"{JobSettings.Section}:Audit:Refusals:MaxEntries"] = $"{Kept}",
        });
        store(builder.AddOrleansJobsHost(jobs => jobs.AddHandler<Note, NoteHandler>("email")).UseEmbedded());
        var app = builder.Build();
        app.MapOrleansJobsHost();
        return app;
    }

    private sealed record Note;

    private sealed class NoteHandler : IJobHandler<Note>
    {
        public Task<JobResult> HandleAsync(Note payload, JobContext context) => Task.FromResult(JobResult.Done);
    }
}
