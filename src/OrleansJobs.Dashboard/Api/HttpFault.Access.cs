using Microsoft.AspNetCore.Http;
using OrleansJobs.Dashboard.Access;

namespace OrleansJobs.Dashboard.Api;

/// <content>Why somebody is not let in.</content>
internal sealed partial class HttpFault
{
    private const string AskForKey = "Bearer realm=\"OrleansJobs\"";
    private const string ForbiddenTitle = "Forbidden";

    /// <summary>Whether a key was shown that is none.</summary>
    public bool IsOfWrongKey { get; private init; }

    /// <summary>The name that it bears, if there is a key of that name.</summary>
    public string? KeyName { get; private init; }

    public static HttpFault Unauthenticated() => NotKnown(
        "unauthenticated", "Who are you?", "This call needs a key in the header 'Authorization: Bearer …', or a sign-in.", AskForKey);

    /// <param name="name">The name that the key bears, if there is one of that name. The caller is not told.</param>
    public static HttpFault WrongKey(string? name) => new(StatusCodes.Status401Unauthorized, "unauthenticated", "Wrong key", "The key is not one that is let in.")
    {
        Challenge = AskForKey + ", error=\"invalid_token\"",
        IsOfWrongKey = true,
        KeyName = name,
    };

    public static HttpFault TooManyKeys(TimeSpan pause) =>
        new(StatusCodes.Status429TooManyRequests, "too-many-keys", "Too many wrong keys", "Too many wrong keys came from your address; try again later.")
        {
            RetryAfter = pause,
        };

    public static HttpFault Forbidden(Caller? caller, string? needed) => Refuse(
        "forbidden", $"'{caller?.Name}' is {caller?.RoleName}; this call needs {needed}.");

    public static HttpFault NoRole(string user) => Refuse("forbidden", $"'{user}' has no role here.");

    public static HttpFault NoKeysConfigured() => Refuse(
        "no-keys-configured", $"No keys are configured ({OrleansJobsAccessOptions.Section}:Keys), so only this machine is let in, through loopback.");

    public static HttpFault PassedOnWithoutKeys(string sign) => Refuse(
        "no-keys-configured",
        $"The call {sign}: a proxy passes it on, and for whom nobody knows. No keys are configured ({OrleansJobsAccessOptions.Section}:Keys), so only who "
            + "calls from this machine itself is let in.");

    public static HttpFault ForeignHost(string host) => Refuse(
        "foreign-host",
        $"'{host}' is no name of this machine. If a proxy passes it on, name it in {OrleansJobsAccessOptions.Section}:{nameof(OrleansJobsAccessOptions.Hosts)}.");

    public static HttpFault HiddenErrors(string jobClass) => Refuse(
        "forbidden", $"What is sensitive in jobs of '{jobClass}' is hidden from you, so their errors cannot be searched.");

    public static HttpFault HiddenErrorsOfSome() => Refuse(
        "forbidden", "What is sensitive in jobs of some classes is hidden from you, so errors can be searched in one class at a time: say which.");

    public static HttpFault NoPageToken(string header) => Refuse(
        "csrf", $"A call by sign-in that changes something needs the token of GET …/session in the header '{header}'.");

    private static HttpFault NotKnown(string code, string title, string detail, string challenge) =>
        new(StatusCodes.Status401Unauthorized, code, title, detail) { Challenge = challenge };

    private static HttpFault Refuse(string code, string detail) => new(StatusCodes.Status403Forbidden, code, ForbiddenTitle, detail);
}
