using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansJobs.Workers.Tests.Redaction;

public sealed class SensitiveRedactorTests : IDisposable
{
    private const string Secret = "hunter2";
    private readonly ServiceProvider _services;
    private readonly IJobRedactor _redactor;

    public SensitiveRedactorTests()
    {
        var services = new ServiceCollection();
        services.AddOrleansJobs()
            .AddHandler<Order, Handler<Order>>("order")
            .AddHandler<Plain, Handler<Plain>>("plain")
            .AddHandler<Plain, ResultHandler>("result")
            .AddHandler<Whole, Handler<Whole>>("whole")
            .AddHandler<Plain, Handler<Plain>>("custom")
            .AddHandler<Plain, Handler<Plain>>("broken");
        services.AddSingleton<IClassRedactor>(new Custom("custom", job => job with { Payload = "\"mine\""u8.ToArray() }));
        services.AddSingleton<IClassRedactor>(new Custom("broken", _ => throw new InvalidOperationException(Secret)));
        _services = services.BuildServiceProvider();
        _redactor = _services.GetRequiredService<IJobRedactor>();
    }

    [Fact]
    public void Property_AtTheTop_IsReplacedAndTheRestIsKept()
    {
        var payload = Payload("order", $$"""{"id":7,"secret":"{{Secret}}","note":"n"}""");

        Assert.Equal("""{"id":7,"secret":"[redacted]","note":"n"}""", payload);
    }

    [Theory]
    [InlineData("""{"card":{"number":"hunter2","brand":"visa"}}""", """{"card":{"number":"[redacted]","brand":"visa"}}""")]
    [InlineData("""{"cards":[{"number":"hunter2"},{"number":"hunter2","brand":"b"}]}""", """{"cards":[{"number":"[redacted]"},{"number":"[redacted]","brand":"b"}]}""")]
    [InlineData("""{"byName":{"a":{"number":"hunter2"}}}""", """{"byName":{"a":{"number":"[redacted]"}}}""")]
    [InlineData("""{"next":{"next":{"secret":"hunter2"}}}""", """{"next":{"next":{"secret":"[redacted]"}}}""")]
    [InlineData("""{"SECRET":"hunter2"}""", """{"SECRET":"[redacted]"}""")]
    [InlineData("""{"secret":{"a":["hunter2"]}}""", """{"secret":"[redacted]"}""")]
    [InlineData("""{"secret":1,"secret":"hunter2"}""", """{"secret":"[redacted]","secret":"[redacted]"}""")]
    [InlineData("""{"oldSecret":"hunter2"}""", """{"oldSecret":"[redacted]"}""")]
    [InlineData("""{"shape":{"$type":"box","pin":"hunter2"}}""", """{"shape":{"$type":"box","pin":"[redacted]"}}""")]
    [InlineData("""{"card":"hunter2"}""", """{"card":"[redacted]"}""")]
    [InlineData("""{"card":["hunter2"]}""", """{"card":"[redacted]"}""")]
    [InlineData("""{"cards":{"x":"hunter2"}}""", """{"cards":{"x":"[redacted]"}}""")]
    [InlineData("""{"maybe":{"pin":"hunter2"}}""", """{"maybe":{"pin":"[redacted]"}}""")]
    [InlineData("""{"id":7,"note":{"a":"hunter2"}}""", """{"id":7,"note":"[redacted]"}""")]
    [InlineData("""{"note":["hunter2"]}""", """{"note":"[redacted]"}""")]
    [InlineData("""{"note":4111}""", """{"note":"[redacted]"}""")]
    [InlineData("""{"id":"hunter2"}""", """{"id":"[redacted]"}""")]
    [InlineData("""{"id":["hunter2"]}""", """{"id":"[redacted]"}""")]
    [InlineData("""{"id":"7","note":null}""", """{"id":"7","note":null}""")]
    [InlineData("""{"card":{"brand":{"a":"hunter2"}}}""", """{"card":{"brand":"[redacted]"}}""")]
    [InlineData("""{"odd":"hunter2"}""", """{"odd":"[redacted]"}""")]
    [InlineData("\"hunter2\"", "\"[redacted]\"")]
    [InlineData("[\"hunter2\"]", "\"[redacted]\"")]
    [InlineData("hunter2", "\"[redacted]\"")]
    [InlineData("""{"id":7,"x":"\ud800hunter2"}""", """{"id":7,"x":"[redacted]"}""")]
    public void Value_WhereverItHides_IsReplaced(string payload, string expected) => Assert.Equal(expected, Payload("order", payload));

    [Fact]
    public void Class_WithNothingSensitive_IsShownAsItIs()
    {
        var job = Job("plain", """{ "text" : "x" }""");

        Assert.Same(job, _redactor.Redact(job));
        Assert.False(_redactor.Hides("plain"));
    }

    [Fact]
    public void Type_ThatIsSensitive_IsHiddenAsAWhole() => Assert.Equal("\"[redacted]\"", Payload("whole", """{"a":"hunter2"}"""));

    [Fact]
    public void Class_ThatNobodyKnows_IsHidden()
    {
        Assert.True(_redactor.Hides("stranger"));
        Assert.Equal("\"[redacted]\"", Payload("stranger", """{"a":"hunter2"}"""));
    }

    [Fact]
    public void Payload_ThatIsNoJson_IsHidden()
    {
        var job = _redactor.Redact(Job("order", Secret) with { ContentType = "text/plain" });

        Assert.Equal(("\"[redacted]\"", "application/json"), (Text(job.Payload), job.ContentType));
    }

    [Fact]
    public void Result_OfADeclaredType_IsReplacedByProperty() => Assert.Equal(
        """{"token":"[redacted]","count":3}""", Text(_redactor.Redact(Job("result", "{}", """{"token":"hunter2","count":3}""")).Result!.Value));

    [Fact]
    public void Result_OfNoDeclaredType_IsHiddenWhereThePayloadIsSensitive() =>
        Assert.Equal("\"[redacted]\"", Text(_redactor.Redact(Job("order", "{}", """{"anything":"hunter2"}""")).Result!.Value));

    [Fact]
    public void Messages_OfASensitiveClass_AreHiddenButForThoseOfTheGrid()
    {
        var job = _redactor.Redact(Job("order", "{}") with
        {
            LastError = new JobError("System.FormatException", $"Cannot pay with {Secret}.", "at Pay()"),
            Attempts =
            [
                new JobAttempt(1, "s", default, default, AttemptOutcome.Failed, new JobError("X", Secret)),
                new JobAttempt(2, "s", default, default, AttemptOutcome.Failed, new JobError(JobError.Timeout, "It took longer than 1 s.")),
            ],
            Progress = new JobProgress(0.5, Secret, default),
        });

        Assert.DoesNotContain(Secret, JsonSerializer.Serialize(job));
        Assert.Equal(("System.FormatException", "at Pay()"), (job.LastError!.Type, job.LastError.Stack));
        Assert.Equal("It took longer than 1 s.", job.Attempts[1].Error!.Message);
    }

    /// <summary>What a handler threw after its time was up is told behind the grid's own words.</summary>
    [Theory]
    [InlineData(JobError.Timeout, "The attempt took longer than its timeout; then System.Exception: hunter2", "The attempt took longer than its timeout; then [redacted]")]
    [InlineData(JobError.HeartbeatTimeout, "The attempt gave no heartbeat; then X: hunter2", "The attempt gave no heartbeat; then [redacted]")]
    [InlineData(JobError.Timeout, "The attempt took longer than its timeout.", "The attempt took longer than its timeout.")]
    [InlineData(JobError.Timeout, "The attempt took longer than its timeout and did not stop when asked to.", "The attempt took longer than its timeout and did not stop when asked to.")]
    public void Message_OfALateAttempt_HasOnlyWhatTheGridSays(string type, string message, string expected) =>
        Assert.Equal(expected, _redactor.Redact(Job("order", "{}") with { LastError = new JobError(type, message) }).LastError!.Message);

    [Fact]
    public void Listing_WithoutPayload_StaysWithoutOne()
    {
        var job = _redactor.Redact(Job("order", ""));

        Assert.True(job.Payload.IsEmpty);
        Assert.Null(job.Result);
    }

    [Fact]
    public void Redactor_OfAClass_DecidesAlone() => Assert.Equal("\"mine\"", Payload("custom", "{}"));

    [Fact]
    public void Redactor_ThatThrows_HidesTheJob() => Assert.Equal("\"[redacted]\"", Payload("broken", "{}"));

    [Fact]
    public void Anything_ThatIsDeep_IsHiddenRatherThanShown()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"next":""", 70)) + $$"""{"secret":"{{Secret}}"}""" + new string('}', 70);

        Assert.Equal("\"[redacted]\"", Payload("order", deep));
        Assert.NotNull(JsonNode.Parse(Payload("order", """{"next":{"secret":1}}""")));
    }

    public void Dispose() => _services.Dispose();

    private static JobSnapshot Job(string jobClass, string payload, string? result = null) => new()
    {
        Id = JobId.New(),
        JobClass = jobClass,
        State = JobState.Succeeded,
        Version = 1,
        Payload = Encoding.UTF8.GetBytes(payload),
        Result = result is null ? null : (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(result),
    };

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private string Payload(string jobClass, string payload) => Text(_redactor.Redact(Job(jobClass, payload)).Payload);

    private sealed record Custom(string JobClass, Func<JobSnapshot, JobSnapshot> Change) : IClassRedactor
    {
        public JobSnapshot Redact(JobSnapshot job) => Change(job);
    }

    private class Handler<T> : IJobHandler<T>
    {
        public Task<JobResult> HandleAsync(T payload, JobContext context) => Task.FromResult(JobResult.Done);
    }

    [ResultType(typeof(TokenResult))]
    private sealed class ResultHandler : Handler<Plain>;
}
