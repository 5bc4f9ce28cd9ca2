using Microsoft.AspNetCore.Http;

namespace OrleansJobs.Dashboard.Api;

/// <summary>An error of HTTP itself, which no <see cref="JobsException"/> tells.</summary>
internal sealed partial class HttpFault(int status, string code, string title, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string Title { get; } = title;

    /// <summary>The methods that the path has, when the one asked for is not among them.</summary>
    public string? Allow { get; private init; }

    /// <summary>When the caller may try again.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>How to say who one is, for callers who have to.</summary>
    public string? Challenge { get; private init; }

    public static HttpFault MethodNotAllowed(string method, string allowed) =>
        new(
            StatusCodes.Status405MethodNotAllowed,
            "method-not-allowed",
            "Method not allowed",
            $"This path has no {method}; it has {allowed}.")
        {
            Allow = allowed,
        };

    public static HttpFault NoSuchPath(string path) =>
        new(StatusCodes.Status404NotFound, "not-found", "No such path", $"The API has no path '{path}'.");

    public static HttpFault NoSuchRun(string? id) =>
        new(StatusCodes.Status404NotFound, "not-found", "No such run", $"This process knows no run '{id}'; it forgets them when it stops.");

    public static HttpFault TooManyRuns(int max) =>
        new(StatusCodes.Status409Conflict, "too-many-runs", "Too many runs", $"{max} runs go on already, which is the limit; wait for one or stop it.");

    public static HttpFault UnsupportedMediaType(string? contentType, string expected) =>
        new(
            StatusCodes.Status415UnsupportedMediaType,
            "unsupported-media-type",
            "Unsupported media type",
            $"The body {(string.IsNullOrEmpty(contentType) ? "has no Content-Type" : $"is {contentType}")}; expected {expected}.");

    public static HttpFault TooManyListeners(int most) =>
        new(
            StatusCodes.Status503ServiceUnavailable,
            "too-many-listeners",
            "Too many pages",
            $"This host pushes to {most} pages at once, and as many are open. Close some, or look at another host of the grid.");

    public static HttpFault TooManyStreams(int most) =>
        new(
            StatusCodes.Status429TooManyRequests,
            "too-many-streams",
            "Too many pages of yours",
            $"You follow {most} streams of this host at once, which is the limit. Close some pages.")
        {
            RetryAfter = LiveLimits.PingPeriod,
        };

    public static HttpFault Stopping() =>
        new(StatusCodes.Status503ServiceUnavailable, "grid-unavailable", "The grid is unavailable", "This host is stopping; ask again.");

    public static HttpFault CrossOrigin(string origin) =>
        new(StatusCodes.Status403Forbidden, "cross-origin", "Cross-origin call", $"A page of {origin} may change nothing here.");
}
