using Microsoft.AspNetCore.Http;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Api;

/// <summary>Shows, lists and steers jobs.</summary>
internal static class JobEndpoints
{
    private const int DefaultPageSize = 100;

    public static void Map(ApiRoutes routes)
    {
        routes.Get("/jobs", ListAsync);
        routes.Get("/jobs/{id}", GetAsync);
        routes.Get("/jobs/{id}/why", ExplainAsync);
        routes.Get("/jobs/{id}/result", ResultAsync);
        routes.Post("/jobs/{id}/cancel", AuditVerb.Cancel, CancelAsync);
        routes.Post("/jobs/{id}/retry", AuditVerb.Retry, RetryAsync);
        routes.Post("/jobs/{id}/dead-letter", AuditVerb.DeadLetter, DeadLetterAsync);
        routes.Delete("/jobs/{id}", AuditVerb.Delete, DeleteAsync);
    }

    private static async Task<IResult> ListAsync(ApiCall call)
    {
        var query = call.Query;
        var filter = new JobFilter
        {
            JobClass = query.Text("class"),
            State = query.Enum<JobState>("state"),
            Tenant = query.Text("tenant"),
            Tag = query.Text("tag"),
            UniqueKey = query.Text("uniqueKey"),
            SubmittedFrom = query.Time("from"),
            SubmittedBefore = query.Time("before"),
            ErrorText = query.Text("error"),
        };
        var limit = query.Int("limit", DefaultPageSize, 1, JobLimits.MaxPageSize);
        var page = await call.View.SearchableAsync(filter, call) is { } classes
            ? await ErrorSearch.ListAsync(call, filter, classes, query.Text("cursor"), limit)
            : await call.Jobs.ListAsync(filter, query.Text("cursor"), limit, call.Aborted);
        return Answers.Json(call.View.Of(call.View.OfSearch(page, filter, call.Caller), call.Caller));
    }

    /// <summary>The job; with <c>wait</c> or <c>version</c>, as soon as its version is another, or when the wait is over.</summary>
    private static async Task<IResult> GetAsync(ApiCall call)
    {
        if (!call.Query.Has("wait") && !call.Query.Has("version"))
        {
            return call.Show(await call.Jobs.GetAsync(call.JobId, call.Aborted));
        }

        var (id, seen, wait) = (call.JobId, call.Query.Long("version", 0, 0, long.MaxValue), call.Query.Wait("wait"));
        return call.Show(await call.WaitAsync(token => call.Jobs.WaitForChangeAsync(id, seen, wait, token)));
    }

    private static async Task<IResult> ExplainAsync(ApiCall call) => Answers.Json(await call.Jobs.ExplainAsync(call.JobId, call.Aborted));

    /// <summary>The result's bytes as they are; 204 if the job succeeded without one.</summary>
    private static async Task<IResult> ResultAsync(ApiCall call)
    {
        var job = await call.Jobs.GetAsync(call.JobId, call.Aborted);
        if (job.State != JobState.Succeeded)
        {
            throw new JobStateException(job.Id, job.State, "asked for its result");
        }

        return call.View.Of(job, call.Caller).Result is { } bytes ? new ForeignBytes(bytes, job.ContentType) : TypedResults.NoContent();
    }

    private static async Task<IResult> CancelAsync(ApiCall call)
    {
        var body = await RequestBody.ReadOrAsync(call.Http, new ReasonRequest());
        call.Note.Reason = body.Reason;
        return Changed(call, await call.Jobs.CancelAsync(call.JobId, body.Reason, call.Aborted));
    }

    private static async Task<IResult> RetryAsync(ApiCall call) => Changed(call, await call.Jobs.RetryAsync(call.JobId, call.Aborted));

    private static async Task<IResult> DeadLetterAsync(ApiCall call)
    {
        var body = await RequestBody.ReadOrAsync(call.Http, new ReasonRequest());
        var reason = string.IsNullOrWhiteSpace(body.Reason)
            ? throw new InvalidRequestException("Property 'reason' is missing: say why the job goes to the dead letters.")
            : body.Reason;
        call.Note.Reason = reason;
        return Changed(call, await call.Jobs.DeadLetterAsync(call.JobId, reason, call.Aborted));
    }

    private static async Task<IResult> DeleteAsync(ApiCall call) => Changed(call, await call.Jobs.DeleteAsync(call.JobId, call.Aborted));

    private static IResult Changed(ApiCall call, JobSnapshot job)
    {
        call.Note.JobClass = job.JobClass;
        return call.Show(job);
    }
}
