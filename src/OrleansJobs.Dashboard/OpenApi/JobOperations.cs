using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>Submitting, reading and steering jobs.</summary>
internal static class JobOperations
{
    private const string Tag = "Jobs";
    private const int DefaultPageSize = 100;
    private const int DefaultLines = 200;

    private static readonly ApiAnswer Bytes = new(200, "The result's bytes, with the job's media type.", typeof(Stream), "application/octet-stream");

    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        ApiOperation.Post("SubmitJob", Tag, "/jobs", "Submits a job.", Submitted(201, "The job is new, and durable."), ApiBody.Json<SubmitRequest>()) with
        {
            Text = "A caller that gets no answer, or 503, does not know whether the job is in. With an `id` or a `uniqueKey` it just sends the same again.",
            Answers =
            [
                Submitted(201, "The job is new, and durable."),
                Submitted(200, "The same job was submitted before, or another one of its class holds its unique key; `status` says which."),
            ],
            Codes = ["unknown-job-class", "duplicate-job"],
        },
        ApiOperation.Post(
            "SubmitJobs",
            Tag,
            "/jobs/batch",
            $"Submits up to {JobLimits.MaxSubmitBatch} jobs.",
            ApiAnswer.Ok<SubmitAnswer[]>("An answer for each job, in order. One refusal does not touch the others."),
            new ApiBody(typeof(SubmitRequest[]), JobSerializer.Json, "application/x-ndjson", "application/ndjson", "application/jsonl")) with
        {
            Text = "A JSON array, or one job a line (NDJSON). A refused job has `status` `Refused` and a problem as its `error`.",
            Codes = ["batch-too-large"],
        },
        ApiOperation.Get(
            "ListJobs",
            Tag,
            "/jobs",
            "Lists jobs, the newest first, without payloads and results.",
            ApiAnswer.Ok<JobPage>("A page. Go on until there is no `nextCursor`: a page may be short, or empty, and still not be the last one."),
            ApiParameter.Of("class", "Jobs of this class."),
            new ApiParameter("state", typeof(JobState), "Jobs in this state; case does not matter."),
            ApiParameter.Of("tenant", "Jobs of this tenant; empty for the shared one."),
            ApiParameter.Of("tag", "Jobs with this tag."),
            ApiParameter.Of("uniqueKey", "The job with this unique key."),
            new ApiParameter("from", typeof(DateTimeOffset), "Jobs submitted at this time or later, in ISO 8601 with an offset."),
            new ApiParameter("before", typeof(DateTimeOffset), "Jobs submitted before this time, in ISO 8601 with an offset."),
            ApiParameter.Of(
                "error", $"Jobs with this in their last error's type or message: {JobLimits.MinErrorTextLength} to {JobLimits.MaxErrorTextLength} characters of one line."),
            ApiParameter.Cursor,
            ApiParameter.Limit(DefaultPageSize)),
        Job(ApiOperation.Get(
            "GetJob",
            Tag,
            "/jobs/{id}",
            "Shows a job, at once or when it has changed.",
            ApiAnswer.Ok<JobSnapshot>("The job as it is."),
            ApiParameter.Wait,
            new ApiParameter("version", typeof(long), "Answers as soon as the job's version is another than this, or when `wait` is over.") { Min = 0, Default = 0 })),
        Job(ApiOperation.Get("ExplainJob", Tag, "/jobs/{id}/why", "Says why a job waits.", ApiAnswer.Ok<JobWait>("The reason, with a sentence that has the figures."))),
        Job(ApiOperation.Get("GetJobResult", Tag, "/jobs/{id}/result", "Gives the bytes of a job's result.", Bytes) with
        {
            Answers = [Bytes, new ApiAnswer(204, "The job succeeded without a result.")],
            Codes = ["job-state"],
        }),
        Job(ApiOperation.Get(
            "GetJobLog",
            Tag,
            "/jobs/{id}/log",
            "Shows what a job's handler has logged, oldest first.",
            ApiAnswer.Ok<JobLogPage>("A page of lines."),
            ApiParameter.After("`next`"),
            ApiParameter.Limit(DefaultLines))),
        Act("CancelJob", "cancel", "Cancels a job; a running one is asked to stop.", ApiBody.Json<ReasonRequest>(isOptional: true)),
        Act("RetryJob", "retry", "Makes a waiting job due now, or begins an ended one anew with all its attempts.", null),
        Act("DeadLetterJob", "dead-letter", "Sends a waiting job to the dead letters.", ApiBody.Json<ReasonRequest>()) with { Text = "`reason` is required." },
        Job(ApiOperation.Delete("DeleteJob", Tag, "/jobs/{id}", "Deletes a job that has ended.", ApiAnswer.Ok<JobSnapshot>("The job as it was.")) with
        {
            Text = "Its result, its tags and its log go with it, and its place in the results queue. Its unique key and its id are free again. An open job is refused: cancel it first.",
            Codes = ["job-state"],
        }),
    ];

    private static ApiAnswer Submitted(int status, string text) => new(status, text, typeof(SubmitAnswer));

    private static ApiOperation Job(ApiOperation operation) => operation with { Codes = [.. operation.Codes, "job-not-found"] };

    private static ApiOperation Act(string id, string verb, string summary, ApiBody? body) => Job(
        ApiOperation.Post(id, Tag, $"/jobs/{{id}}/{verb}", summary, ApiAnswer.Ok<JobSnapshot>("The job as it is now."), body) with { Codes = ["job-state"] });
}
