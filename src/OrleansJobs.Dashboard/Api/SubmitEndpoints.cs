using Microsoft.AspNetCore.Http;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Api;

/// <summary>Submits jobs, one or many.</summary>
internal static class SubmitEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Post("/jobs", AuditVerb.Submit, SubmitAsync);
        routes.Post("/jobs/batch", AuditVerb.Submit, SubmitBatchAsync);
    }

    /// <summary>201 for a new job; 200 for one that was submitted before, or whose unique key another job holds.</summary>
    private static async Task<IResult> SubmitAsync(ApiCall call)
    {
        var request = await RequestBody.ReadAsync<SubmitRequest>(call.Http, HttpLimits.MaxJobBodyBytes);
        var submission = CheckedSubmission.Of(request, call);
        (call.Note.JobClass, call.Note.JobId) = (submission.JobClass, submission.Id);
        var outcomes = await call.Jobs.SubmitManyAsync([submission], call.Aborted);
        var outcome = (await call.View.OfRepeatAsync(outcomes[0], submission.JobClass, call)).OrThrow();
        var answer = new SubmitAnswer { Id = outcome.Id, Status = outcome.Status };
        if (outcome.Status != SubmitStatus.Accepted)
        {
            return Answers.Json(answer);
        }

        var path = call.Http.Request.PathBase + call.Http.Request.Path;
        call.Http.Response.Headers.Location = $"{path.Value?.TrimEnd('/')}/{outcome.Id}";
        return Answers.Json(answer, StatusCodes.Status201Created);
    }

    /// <summary>200 with an answer for each job, in order; one refusal does not touch the others.</summary>
    private static async Task<IResult> SubmitBatchAsync(ApiCall call)
    {
        RequestBody.RequireBatchType(call.Http.Request);
        var body = await RequestBody.ReadBytesAsync(call.Http, HttpLimits.MaxBatchBodyBytes);
        var lines = RequestBody.IsNdjson(call.Http.Request) ? BatchLines.OfNdjson(body) : BatchLines.OfArray(body);
        call.Note.Jobs = lines.Count;
        return Answers.Json(await new SubmitBatch(lines, call).SubmitAsync());
    }
}
