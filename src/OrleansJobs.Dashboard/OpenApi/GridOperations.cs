using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>What concerns the grid as a whole.</summary>
internal static class GridOperations
{
    private const string Tag = "Grid";
    private const string BulkTag = "Bulk";

    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        ApiOperation.Get("GetOverview", Tag, "/overview", "Shows all classes, each with its history and verdict.", ApiAnswer.Ok<Overview>("The classes, by name.")),
        ApiOperation.Get("ListSilos", Tag, "/silos", "Lists the silos that are up.", ApiAnswer.Ok<SiloOverview[]>("The silos with their pools and running jobs.")),
        ApiOperation.Post("DrainSilo", Tag, "/silos/{silo}/drain", "Has a silo take no more jobs.", new ApiAnswer(204, "The silo drains.")),
        ApiOperation.Get("ListGrains", Tag, "/grains", "Counts the active grains by type and silo.", ApiAnswer.Ok<GrainActivity[]>("The counts; none on the embedded engine.")),
        ApiOperation.Get(
            "Listen",
            Tag,
            "/live",
            "Pushes what changes, as server-sent events.",
            new ApiAnswer(200, "A stream of events named after the keys, each with JSON as its data.", typeof(string), "text/event-stream"),
            ApiParameter.Of("overview", "Follows all classes. The key alone does."),
            ApiParameter.Of("silos", "Follows the silos. The key alone does."),
            ApiParameter.Of("bulk", "Follows the acts on many jobs. The key alone does."),
            ApiParameter.Of("class", "Follows the tenants and errors of this class."),
            new ApiParameter("job", typeof(JobId), "Follows this job.")) with
        {
            Codes = ["job-not-found", "unknown-job-class", "too-many-listeners", "too-many-streams"],
        },
        ApiOperation.Post("BeginBulk", BulkTag, "/bulk", "Begins an act on all jobs of a filter.", new ApiAnswer(202, "The run, which goes on in the background.", typeof(BulkRun)), ApiBody.Json<BulkRequest>()) with
        {
            Codes = ["unknown-job-class", "too-many-runs"],
        },
        ApiOperation.Get("ListBulk", BulkTag, "/bulk", "Lists the acts on many jobs of this process.", ApiAnswer.Ok<BulkRun[]>("The runs, the newest first.")),
        ApiOperation.Get("GetBulk", BulkTag, "/bulk/{run}", "Shows an act on many jobs.", ApiAnswer.Ok<BulkRun>("The run.")) with { Codes = ["not-found"] },
        ApiOperation.Post("StopBulk", BulkTag, "/bulk/{run}/stop", "Stops an act on many jobs; what it has done stays done.", ApiAnswer.Ok<BulkRun>("The run, stopped.")) with
        {
            Codes = ["not-found"],
        },
    ];
}
