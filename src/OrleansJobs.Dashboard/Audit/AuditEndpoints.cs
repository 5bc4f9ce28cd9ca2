using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Dashboard.Api;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Audit;

/// <summary>Shows who did what. To operators and above: it names people, and where they work from.</summary>
internal static class AuditEndpoints
{
    private const int DefaultPageSize = 100;

    public static void Map(ApiRoutes routes) => routes.Get("/audit", AccessRole.Operator, ReadAsync);

    private static async Task<IResult> ReadAsync(ApiCall call)
    {
        var trail = call.Http.RequestServices.GetRequiredService<AuditTrailChoice>().Trail;
        var limit = call.Query.Int("limit", DefaultPageSize, 1, JobLimits.MaxPageSize);
        return Answers.Json(await trail.ReadAsync(call.Query.Text("cursor"), limit, call.Query.Enum<AuditKind>("kind"), call.Aborted));
    }
}
