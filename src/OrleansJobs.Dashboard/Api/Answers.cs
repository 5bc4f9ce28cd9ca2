using Microsoft.AspNetCore.Http;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Api;

/// <summary>Makes answers in the API's JSON.</summary>
internal static class Answers
{
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(value, JobsHttpJson.Options, statusCode: status);
}
