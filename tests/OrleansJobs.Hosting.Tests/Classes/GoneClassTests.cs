using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OrleansJobs.Hosting.Tests.Classes;

/// <summary>What a host shows of jobs whose class it has no more: nobody knows what is sensitive in them, so all of it is hidden.</summary>
public sealed class GoneClassTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orleansjobs-gone-").FullName;
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    private string Database => Path.Combine(_folder, "jobs.db");

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("urls", (string?)"http://127.0.0.1:0")]);
        builder.AddOrleansJobsHost(jobs => jobs.AddHandler<Note, NoteHandler>("email")).UseEmbedded().UseSqliteJobs(Database);
        _app = builder.Build();
        _app.MapOrleansJobsHost();
        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            INSERT INTO jobs (class, state, attempt, finished_at, last_error) VALUES
                ('gone', 5, 1, 1764500000000000, '{"type":"Refused","message":"card 4711"}'), ('gone', 5, 1, 1764500000000000, '{"type":"Refused","message":"card 4711"}')
            """;
        await command.ExecuteNonQueryAsync();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Class_IsListedWithItsCounts()
    {
        var gone = (await ReadAsync("/api/classes")).AsArray().Single(one => (string?)one!["class"] == "gone")!;

        Assert.Equal((2, 0), ((int)gone["counts"]!["deadLettered"]!, (int)gone["maxLocalWorkersCeiling"]!));
    }

    /// <summary>Where its pages end would tell whether there is such an error, a letter at a time.</summary>
    [Theory]
    [InlineData("4711")]
    [InlineData("4712")]
    public async Task Search_ForAHiddenError_AnswersTheSameWhateverItHolds(string text)
    {
        var page = await ReadAsync($"/api/jobs?error={text}&limit=1");

        Assert.Empty(page["jobs"]!.AsArray());
        Assert.Null(page["nextCursor"]);
    }

    private async Task<JsonNode> ReadAsync(string path) => JsonNode.Parse(await _http.GetStringAsync(path))!;

    private sealed record Note;

    private sealed class NoteHandler : IJobHandler<Note>
    {
        public Task<JobResult> HandleAsync(Note payload, JobContext context) => Task.FromResult(JobResult.Done);
    }
}
