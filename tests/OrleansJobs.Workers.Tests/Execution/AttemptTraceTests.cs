using System.Collections.Concurrent;
using System.Diagnostics;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.Workers.Tests.Execution;

/// <summary>Traces go where payloads may not: what a class hides from its viewers is not in its spans either.</summary>
public sealed class AttemptTraceTests : IDisposable
{
    private const string Secret = "hunter2";
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ActivityListener _listener;

    public AttemptTraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == JobsTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [Fact]
    public async Task Error_OfAClassThatHides_IsNotInItsSpans()
    {
        var text = await FailAsync(new Redactor(job => job with { LastError = new JobError(job.LastError!.Type, Redacted.Text) }));

        Assert.DoesNotContain(Secret, text);
        Assert.Contains(Redacted.Text, text);
        Assert.Contains("System.FormatException", text);
    }

    [Fact]
    public async Task Error_WhoseRedactorFails_IsNotInItsSpans() =>
        Assert.DoesNotContain(Secret, await FailAsync(new Redactor(_ => throw new InvalidOperationException("No."))));

    [Fact]
    public async Task Error_OfAClassThatHidesNothing_IsInItsSpan() => Assert.Contains(Secret, await FailAsync(null));

    public void Dispose() => _listener.Dispose();

    /// <summary>Runs a job whose handler throws; gives all that its spans say.</summary>
    private async Task<string> FailAsync(IClassRedactor? redactor)
    {
        await using var bench = new Bench(redactor: redactor);
        var lease = bench.NewLease();
        await bench.RunAsync(lease, (_, _) => throw new FormatException($"Cannot pay with {Secret}."));
        var spans = _spans.Where(span => Equals(span.GetTagItem(JobsTags.JobId), lease.Job.Id.ToString())).ToList();
        Assert.NotEmpty(spans);
        return string.Join('\n', spans.SelectMany(span => span.TagObjects.Concat(span.Events.SelectMany(item => item.Tags))
            .Select(tag => $"{tag.Key}={tag.Value}").Append(span.StatusDescription)));
    }

    private sealed record Redactor(Func<JobSnapshot, JobSnapshot> Change) : IClassRedactor
    {
        public string JobClass => Bench.JobClassName;

        public JobSnapshot Redact(JobSnapshot job) => Change(job);
    }
}
