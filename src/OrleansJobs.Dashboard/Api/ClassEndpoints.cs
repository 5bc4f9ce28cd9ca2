using Microsoft.AspNetCore.Http;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Api;

/// <summary>Shows and changes job classes, and reads their results queues.</summary>
internal static class ClassEndpoints
{
    private const int DefaultPageSize = 100;

    public static void Map(ApiRoutes routes)
    {
        routes.Get("/classes", ListAsync);
        routes.Get("/classes/{class}", GetAsync);
        routes.Patch("/classes/{class}", AuditVerb.ChangeLimits, ChangeAsync);
        routes.Post("/classes/{class}/pause", AuditVerb.Pause, call => ChangeAsync(call, new JobClassChange { Paused = true }));
        routes.Post("/classes/{class}/resume", AuditVerb.Resume, call => ChangeAsync(call, new JobClassChange { Paused = false }));
        routes.Get("/classes/{class}/results", ResultsAsync);
    }

    private static async Task<IResult> ListAsync(ApiCall call) => Answers.Json(await call.Jobs.GetClassesAsync(call.Aborted));

    private static async Task<IResult> GetAsync(ApiCall call) => Answers.Json(await call.Jobs.GetClassAsync(call.JobClass, call.Aborted));

    private static async Task<IResult> ChangeAsync(ApiCall call) =>
        await ChangeAsync(call, await RequestBody.ReadAsync<JobClassChange>(call.Http));

    /// <summary>What was there before is read for the audit trail. Somebody else may change it meanwhile; the revisions then tell.</summary>
    private static async Task<IResult> ChangeAsync(ApiCall call, JobClassChange change)
    {
        call.Note.Before = (await call.Jobs.GetClassAsync(call.JobClass, call.Aborted)).Settings;
        call.Note.After = await call.Jobs.ChangeClassAsync(call.JobClass, change, call.Aborted);
        return Answers.Json(call.Note.After);
    }

    private static async Task<IResult> ResultsAsync(ApiCall call)
    {
        var after = call.Query.Long("after", 0, 0, long.MaxValue);
        var limit = call.Query.Int("limit", DefaultPageSize, 1, JobLimits.MaxPageSize);
        var wait = call.Query.Wait("wait");
        var results = await call.WaitAsync(token => call.Jobs.ReadFinishedAsync(call.JobClass, after, limit, wait, token));
        return Answers.Json(new ResultsPage(call.View.Of(results, call.Caller), results.Count == 0 ? after : results[^1].Sequence));
    }
}
