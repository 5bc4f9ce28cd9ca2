using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LearningPlatform.Email;
using LearningPlatform.Index;
using LearningPlatform.Transcode;
using OrleansJobs;
using OrleansJobs.Http;

namespace LearningPlatform.Tests.Support;

/// <summary>The HTTP API as the demo sees it, over a grid of one slot: a job is run, by its real handler, while it is submitted.</summary>
internal sealed class GridOnTheWire(LearningPlatformOptions options, SearchIndex index) : HttpMessageHandler
{
    private readonly Dictionary<JobId, JobSnapshot> _jobs = [];
    private readonly Dictionary<(string, string), JobId> _keys = [];
    private readonly List<FinishedJob> _results = [];
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _slot = new(1, 1);
    private TaskCompletionSource _ended = NewSignal();

    public IReadOnlyList<string> Classes { get; set; } = JobClasses.All;

    public int Runs { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path switch
        {
            ["api", "classes"] => Answer(Classes.Select(name => new JobClassStatus { JobClass = name, Settings = new JobClassSettings() })),
            ["api", "classes", var name, "results"] => await ResultsAsync(name, request.RequestUri.Query, cancellationToken),
            ["api", "jobs", "batch"] => Answer(await SubmitAsync(await request.Content!.ReadAsByteArrayAsync(cancellationToken), cancellationToken)),
            ["api", "jobs", var id] => Answer(_jobs[JobId.Parse(id)]),
            _ => new HttpResponseMessage(HttpStatusCode.NotFound),
        };
    }

    protected override void Dispose(bool disposing)
    {
        _slot.Dispose();
        base.Dispose(disposing);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static HttpResponseMessage Answer<T>(T value) => new() { Content = JsonContent.Create(value, options: JobsHttpJson.Options) };

    private async Task<HttpResponseMessage> ResultsAsync(string name, string query, CancellationToken cancellationToken)
    {
        var values = query.TrimStart('?').Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => long.Parse(pair[1]));
        var (page, ended) = Page(name, values);
        while (page.Results.Count == 0 && values["wait"] > 0)
        {
            await ended.WaitAsync(cancellationToken);
            (page, ended) = Page(name, values);
        }

        return Answer(page);
    }

    /// <summary>A page, and what tells that there is more than it has: both of one moment, or an end between them would go unseen.</summary>
    private (ResultsPage Page, Task Ended) Page(string name, Dictionary<string, long> values)
    {
        lock (_lock)
        {
            if (_ended.Task.IsCompleted)
                _ended = NewSignal();
            var results = _results.Where(entry => entry.Job.JobClass == name && entry.Sequence > values["after"]).Take((int)values["limit"]).ToList();
            return (new ResultsPage(results, results.Count == 0 ? values["after"] : results[^1].Sequence), _ended.Task);
        }
    }

    private async Task<List<SubmitAnswer>> SubmitAsync(byte[] body, CancellationToken cancellationToken)
    {
        await _slot.WaitAsync(cancellationToken);
        try
        {
            var answers = new List<SubmitAnswer>();
            foreach (var job in JsonSerializer.Deserialize<List<SubmitRequest>>(body, JobsHttpJson.Strict)!)
                answers.Add(await SubmitAsync(job.ToSubmission(JobId.New())));
            return answers;
        }
        finally
        {
            _slot.Release();
        }
    }

    private async Task<SubmitAnswer> SubmitAsync(JobSubmission job)
    {
        if (_keys.TryGetValue((job.JobClass, job.Options.UniqueKey!), out var first))
            return new SubmitAnswer { Id = first, Status = SubmitStatus.UniqueKeyTaken };

        _keys[(job.JobClass, job.Options.UniqueKey!)] = job.Id;
        Runs++;
        using var attempt = new AttemptContext(job.Id, AttemptContext.Submitted);
        var result = await RunAsync(job, attempt);
        var isDone = result.Kind == JobResultKind.Succeeded;
        var ended = new JobSnapshot
        {
            Id = job.Id,
            JobClass = job.JobClass,
            State = isDone ? JobState.Succeeded : JobState.DeadLettered,
            Version = 1,
            Result = isDone ? JobSerializer.Default.Serialize(result.Value!) : null,
            LastError = isDone ? null : new JobError(JobError.DeadLetter, result.Reason!),
        };
        lock (_lock)
        {
            _jobs[job.Id] = ended;
            _results.Add(new FinishedJob(_results.Count + 1, ended));
            _ended.TrySetResult();
        }

        return new SubmitAnswer { Id = job.Id, Status = SubmitStatus.Accepted };
    }

    private Task<JobResult> RunAsync(JobSubmission job, JobContext attempt) => job.JobClass switch
    {
        _ when job.JobClass == JobClasses.Transcode.Name => new TranscodeHandler(options, new BrotliChunkEncoder()).HandleAsync(Payload<TranscodeMedia>(job), attempt),
        _ when job.JobClass == JobClasses.Index.Name => new IndexHandler(options, index).HandleAsync(Payload<IndexDocument>(job), attempt),
        _ => new EmailHandler(options, new PickupFolder(options.MailDirectory)).HandleAsync(Payload<SendEmail>(job), attempt),
    };

    private static T Payload<T>(JobSubmission job) => JobSerializer.Default.DeserializePayload<T>(job.Payload);
}
