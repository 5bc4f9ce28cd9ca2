using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Api;

/// <summary>Shows what classes do, where their bottlenecks are, and how the silos are; drains silos.</summary>
internal static class InsightEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/overview", async call => Answers.Json(new Overview(call.Now, await call.Monitor.GetOverviewAsync(call.Aborted))));
        routes.Get("/classes/{class}/overview", async call => Answers.Json(await call.Monitor.GetOverviewAsync(call.JobClass, call.Aborted)));
        routes.Get("/classes/{class}/tenants", async call => Answers.Json(await call.Monitor.GetTenantsAsync(call.JobClass, call.Aborted)));
        routes.Get("/classes/{class}/errors", async call => Answers.Json(
            call.View.Of(await call.Monitor.GetErrorsAsync(call.JobClass, call.Aborted), call.JobClass, call.Caller)));
        routes.Get("/silos", async call => Answers.Json(await call.Monitor.GetSilosAsync(call.Aborted)));
        routes.Get("/grains", async call => Answers.Json(await call.Monitor.GetGrainsAsync(call.Aborted)));
        routes.Post("/silos/{silo}/drain", AuditVerb.Drain, DrainAsync);
    }

    private static async Task<IResult> DrainAsync(ApiCall call)
    {
        await call.Monitor.DrainSiloAsync((string)call.Http.GetRouteValue("silo")!, call.Aborted);
        return TypedResults.NoContent();
    }
}
