using Microsoft.AspNetCore.Http;
using OrleansJobs.Dashboard.Api;

namespace OrleansJobs.Dashboard.Autoscale;

/// <summary>Tells autoscalers how many silos a class could use.</summary>
internal static class AutoscaleEndpoints
{
    private const string JobsPerSilo = "jobsPerSilo";
    private const int MaxJobsPerSilo = 1_000_000;

    public static void Map(ApiRoutes routes) => routes.Get("/autoscale/{class}", GetAsync);

    private static async Task<IResult> GetAsync(ApiCall call)
    {
        int? each = call.Query.Has(JobsPerSilo) ? call.Query.Int(JobsPerSilo, 0, 1, MaxJobsPerSilo) : null;
        return Answers.Json(SiloNeed.Of(await call.Jobs.GetClassAsync(call.JobClass, call.Aborted), each));
    }
}
