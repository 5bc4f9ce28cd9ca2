using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Api;

/// <summary>Shows what jobs have logged.</summary>
internal static class LogEndpoints
{
    private const int DefaultPageSize = 200;

    public static void Map(ApiRoutes routes) => routes.Get("/jobs/{id}/log", ReadAsync);

    private static async Task<IResult> ReadAsync(ApiCall call)
    {
        var after = call.Query.Long("after", 0, 0, long.MaxValue);
        var limit = call.Query.Int("limit", DefaultPageSize, 1, JobLimits.MaxPageSize);
        var job = await call.Jobs.GetAsync(call.JobId, call.Aborted);
        var lines = await call.Http.RequestServices.GetRequiredService<IGridMonitor>().ReadLogAsync(job.Id, after, limit, call.Aborted);
        return Answers.Json(new JobLogPage(call.View.Of(lines, job.JobClass, call.Caller), lines.Count == 0 ? after : lines[^1].Sequence));
    }
}
