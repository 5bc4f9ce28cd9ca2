using System.Text;
using System.Text.Json;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Tests.Http;

public sealed class JobsHttpJsonTests
{
    private static readonly DateTimeOffset Then = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly JobSnapshot Job = new()
    {
        Id = JobId.New(),
        JobClass = "email",
        Tenant = "acme",
        State = JobState.Retrying,
        Version = 7,
        Priority = 3,
        Cost = 2,
        Attempt = 1,
        MaxAttempts = 5,
        Timeout = TimeSpan.FromSeconds(90),
        UniqueKey = "k",
        Tags = ["a"],
        SubmittedAt = Then,
        DueAt = Then,
        StartedAt = Then,
        FinishedAt = Then,
        Silo = "s",
        SiloLosses = 2,
        CancelRequested = true,
        Progress = new JobProgress(0.5, "half", Then),
        LastError = new JobError("T", "M", "S"),
        Attempts = [new JobAttempt(1, "s", Then, Then, AttemptOutcome.Failed, new JobError("T", "M"))],
        Payload = "{\"a\": 1}"u8.ToArray(),
        Result = "[2]"u8.ToArray(),
        TraceParent = "00-1-2-00",
    };

    public static TheoryData<string, string> Contents => new()
    {
        { "application/json", "{\"a\": 1}" },
        { "application/json; charset=utf-8", "\"x\"" },
        { "application/json", "not json" },
        { "application/json", "" },
        { "text/plain", "{}" },
    };

    [Fact]
    public void Job_ThereAndBack_IsTheSameInEveryProperty()
    {
        var back = JsonSerializer.Deserialize<JobSnapshot>(JsonSerializer.Serialize(Job, JobsHttpJson.Options), JobsHttpJson.Options)!;

        foreach (var property in typeof(JobSnapshot).GetProperties())
        {
            Assert.Equal(Plain(property.GetValue(Job)), Plain(property.GetValue(back)));
        }
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void PayloadAndResult_ThereAndBack_AreTheSameBytes(string contentType, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var job = Job with { ContentType = contentType, Payload = bytes, Result = bytes };

        var back = JsonSerializer.Deserialize<JobSnapshot>(JsonSerializer.Serialize(job, JobsHttpJson.Options), JobsHttpJson.Options)!;

        Assert.Equal(bytes, back.Payload.ToArray());
        Assert.Equal(bytes, back.Result!.Value.ToArray());
    }

    [Fact]
    public void Payload_NestedAsDeepAsIsShown_CanBeReadBack()
    {
        var payload = Encoding.UTF8.GetBytes(new string('[', RawJson.MaxDepth) + new string(']', RawJson.MaxDepth));
        var page = new ResultsPage([new FinishedJob(1, Job with { Payload = payload })], 1);

        var json = JsonSerializer.Serialize(page, JobsHttpJson.Options);
        var back = JsonSerializer.Deserialize<ResultsPage>(json, JobsHttpJson.Options)!;

        Assert.Contains("\"payload\":[[", json);
        Assert.Equal(payload, back.Results[0].Job.Payload.ToArray());
    }

    [Fact]
    public void Payload_NestedDeeper_IsShownInBase64()
    {
        var payload = Encoding.UTF8.GetBytes(new string('[', RawJson.MaxDepth + 1) + new string(']', RawJson.MaxDepth + 1));

        Assert.Contains("\"payloadBase64\"", JsonSerializer.Serialize(Job with { Payload = payload }, JobsHttpJson.Options));
    }

    [Fact]
    public void ClassStatus_ThereAndBack_IsTheSame()
    {
        var status = new JobClassStatus
        {
            JobClass = "email",
            Settings = new JobClassSettings { Rate = Rate.PerMinute(90), TenantWeights = new Dictionary<string, int> { ["acme"] = 3 } },
            Counts = new JobCounts { Queued = 4, Running = 1 },
            Pools = [new PoolStatus("s", 4, 1, true, Then)],
            Started = 9,
            Since = Then,
        };

        var json = JsonSerializer.Serialize(status, JobsHttpJson.Options);
        var back = JsonSerializer.Deserialize<JobClassStatus>(json, JobsHttpJson.Options)!;

        Assert.Equal(json, JsonSerializer.Serialize(back, JobsHttpJson.Options));
        Assert.Equal(status.Settings.Rate, back.Settings.Rate);
        Assert.Equal(status.Counts, back.Counts);
        Assert.Equal(3, back.Settings.WeightOf("acme"));
    }

    [Fact]
    public void Answers_WithPropertiesFromALaterVersion_AreReadAllTheSame() =>
        Assert.Equal(3, JsonSerializer.Deserialize<ResultsPage>("""{"results":[],"after":3,"new":1}""", JobsHttpJson.Options)!.After);

    private static object? Plain(object? value) => value switch
    {
        ReadOnlyMemory<byte> bytes => bytes.ToArray(),
        _ => value,
    };
}
