using OrleansJobs.Dashboard.Health;

namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>The health endpoints, which a host maps beside the API.</summary>
internal static class HealthOperations
{
    private const string Tag = "Health";
    private const string Reasons = "Only viewers and above are told the `checks`.";

    public static ApiOperation Live { get; } =
        ApiOperation.Get("GetLiveness", Tag, "/live", "Whether the process answers.", ApiAnswer.Ok<HealthAnswer>("It does."));

    public static ApiOperation Ready { get; } =
        ApiOperation.Get("GetReadiness", Tag, "/ready", "Whether the grid behind the process answers too.", ApiAnswer.Ok<HealthAnswer>("It does.")) with
        {
            Text = Reasons,
            Answers = [ApiAnswer.Ok<HealthAnswer>("It does."), new ApiAnswer(503, "The grid or its store does not answer.", typeof(HealthAnswer))],
        };
}
