using OrleansJobs.Dashboard.Autoscale;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>Reading and steering job classes.</summary>
internal static class ClassOperations
{
    private const string Tag = "Classes";
    private const int DefaultPageSize = 100;

    private static readonly ApiAnswer Settings = ApiAnswer.Ok<JobClassSettings>("The settings that are in force now, in the whole cluster.");

    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        ApiOperation.Get("ListClasses", Tag, "/classes", "Lists the job classes.", ApiAnswer.Ok<JobClassStatus[]>("The classes, by name.")),
        Class(ApiOperation.Get("GetClass", Tag, "/classes/{class}", "Shows a job class.", ApiAnswer.Ok<JobClassStatus>("The class as it stands."))),
        Class(new ApiOperation("ChangeClass", Tag, "PATCH", "/classes/{class}", "Changes limits of a job class; what is not named stays.")
        {
            Body = ApiBody.Json<JobClassChange>(),
            Answers = [Settings],
            Codes = ["invalid-options"],
        }),
        Class(ApiOperation.Post("PauseClass", Tag, "/classes/{class}/pause", "Starts no more jobs of a class until it is resumed. Running ones go on.", Settings)),
        Class(ApiOperation.Post("ResumeClass", Tag, "/classes/{class}/resume", "Ends a pause.", Settings)),
        Class(ApiOperation.Get(
            "ReadResults",
            Tag,
            "/classes/{class}/results",
            "Reads the results queue: jobs that have ended, whole, in the order in which their ends became visible.",
            ApiAnswer.Ok<ResultsPage>("A page; only an empty one is the end."),
            ApiParameter.After("`after`"),
            ApiParameter.Limit(DefaultPageSize),
            ApiParameter.Wait)),
        Class(ApiOperation.Get(
            "GetClassOverview", Tag, "/classes/{class}/overview", "Shows what a class did lately, and its verdict.", ApiAnswer.Ok<ClassOverview>("The class with its history."))),
        Class(ApiOperation.Get(
            "GetTenants", Tag, "/classes/{class}/tenants", "Shows what tenants have of a class.", ApiAnswer.Ok<TenantUse[]>($"The {InsightLimits.MaxTenantsShown} busiest tenants."))),
        Class(ApiOperation.Get("GetErrors", Tag, "/classes/{class}/errors", "Shows the kinds of failure of a class.", ApiAnswer.Ok<ErrorGroup[]>("Alike failures together."))),
        Class(ApiOperation.Get(
            "GetSiloNeed",
            Tag,
            "/autoscale/{class}",
            "Says how many silos a class could use, for an autoscaler.",
            ApiAnswer.Ok<SiloNeed>("The need."),
            new ApiParameter("jobsPerSilo", typeof(int), "Jobs, running and waiting, that one silo is to have; as many as it runs at once if not said.") { Min = 1, Max = 1_000_000 })),
    ];

    private static ApiOperation Class(ApiOperation operation) => operation with { Codes = [.. operation.Codes, "unknown-job-class"] };
}
