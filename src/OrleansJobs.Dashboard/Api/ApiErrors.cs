using System.Globalization;
using Microsoft.AspNetCore.Http;
using OrleansJobs.Dashboard.Access;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Api;

/// <summary>Tells errors to callers: each code has its status, and none carries a stack trace.</summary>
internal static class ApiErrors
{
    /// <summary>When a caller may try again after the grid was unavailable.</summary>
    private const string RetryAfterSeconds = "2";

    private const string Unforeseen = "The call failed; the host's log says why.";

    /// <summary>
    /// What is told of errors of the store: not their own words, which say where the database is and what it answered. The log has those.
    /// </summary>
    private static readonly Dictionary<string, string> OfTheStore = new(StringComparer.Ordinal)
    {
        ["grid-unavailable"] = "The grid or its store does not answer; nobody knows whether the call was done. Ask again; the host's log says why.",
        ["store-setup"] = "The job store cannot be used; the host's log says why.",
    };

    private static readonly Dictionary<string, (int Status, string Title)> Known = new(StringComparer.Ordinal)
    {
        ["invalid-request"] = (StatusCodes.Status400BadRequest, "Invalid request"),
        ["invalid-options"] = (StatusCodes.Status400BadRequest, "Invalid options"),
        ["job-not-found"] = (StatusCodes.Status404NotFound, "Job not found"),
        ["unknown-job-class"] = (StatusCodes.Status404NotFound, "Unknown job class"),
        ["duplicate-job"] = (StatusCodes.Status409Conflict, "Duplicate job"),
        ["job-state"] = (StatusCodes.Status409Conflict, "The job's state does not allow it"),
        ["payload-too-large"] = (StatusCodes.Status413PayloadTooLarge, "Payload too large"),
        ["batch-too-large"] = (StatusCodes.Status413PayloadTooLarge, "Batch too large"),
        ["grid-unavailable"] = (StatusCodes.Status503ServiceUnavailable, "The grid is unavailable"),
        ["store-setup"] = (StatusCodes.Status503ServiceUnavailable, "The job store cannot be used"),
    };

    /// <summary>Whether callers are told less of an error than it says.</summary>
    public static bool IsHidden(Exception error) => error switch
    {
        JobsException known => OfTheStore.ContainsKey(known.Code) || !Known.ContainsKey(known.Code),
        HttpFault or BadHttpRequestException => false,
        _ => true,
    };

    /// <summary>What callers are told of an error, wherever it is told.</summary>
    public static ApiProblem Describe(Exception error) => error switch
    {
        JobsException known => Describe(known),
        HttpFault fault => Problem(fault.Status, fault.Code, fault.Title, fault.Message),
        BadHttpRequestException bad => Problem(bad.StatusCode, "invalid-request", "Invalid request", bad.Message),
        _ => Problem(StatusCodes.Status500InternalServerError, "internal-error", "Internal error", Unforeseen),
    };

    public static async Task WriteAsync(HttpContext http, Exception error)
    {
        var problem = Describe(error);
        http.Response.Clear();
        http.Response.StatusCode = problem.Status;
        SecurityHeaders.Write(http.Response, SecurityHeaders.ApiPolicy);
        WriteHeaders(http.Response.Headers, problem.Status, error as HttpFault);
        await http.Response.WriteAsJsonAsync(problem, JobsHttpJson.Options, ApiProblem.ContentType, http.RequestAborted);
    }

    private static void WriteHeaders(IHeaderDictionary headers, int status, HttpFault? fault)
    {
        headers.RetryAfter = fault?.RetryAfter is { } pause ? Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture)
            : status == StatusCodes.Status503ServiceUnavailable ? RetryAfterSeconds
            : default;
        headers.Allow = fault?.Allow;
        headers.WWWAuthenticate = fault?.Challenge;
    }

    private static ApiProblem Describe(JobsException error) => Known.TryGetValue(error.Code, out var known)
        ? Problem(known.Status, error.Code, known.Title, OfTheStore.GetValueOrDefault(error.Code, error.Message)) with
        {
            Faults = (error as InvalidOptionsException)?.Faults,
        }
        : Problem(StatusCodes.Status500InternalServerError, error.Code, "The grid failed", Unforeseen);

    private static ApiProblem Problem(int status, string code, string title, string detail) => new()
    {
        Type = ApiProblem.TypePrefix + code,
        Title = title,
        Status = status,
        Detail = detail,
        Code = code,
    };
}
