namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>The codes of problems: the status that each has, and what it says.</summary>
internal static class ApiProblems
{
    private static readonly string[] OfAll = ["invalid-request", "foreign-host", "internal-error", "grid-unavailable", "store-setup"];
    private static readonly string[] OfGuarded = ["unauthenticated", "forbidden", "no-keys-configured", "too-many-keys"];
    private static readonly string[] OfUnsafe = ["cross-origin", "csrf"];
    private static readonly string[] OfBody = ["payload-too-large", "unsupported-media-type"];

    /// <summary>All codes.</summary>
    public static IReadOnlyDictionary<string, (int Status, string Text)> All { get; } = new Dictionary<string, (int, string)>(StringComparer.Ordinal)
    {
        ["invalid-request"] = (400, "a body, a query key or a value that is not valid"),
        ["invalid-options"] = (400, "a change of a class that is out of range; `faults` has every fault"),
        ["unauthenticated"] = (401, "no key, or a wrong one"),
        ["forbidden"] = (403, "the caller's role is too small, or may not see what is searched"),
        ["cross-origin"] = (403, "a page of another origin wanted to change something"),
        ["csrf"] = (403, "a call by sign-in without its token"),
        ["foreign-host"] = (403, "a call through loopback to a name that is none of loopback"),
        ["no-keys-configured"] = (403, "a call from a network, or one that a proxy passes on, to a grid without keys"),
        ["job-not-found"] = (404, "unknown, deleted, or gone after its retention"),
        ["unknown-job-class"] = (404, "there is no such class"),
        ["not-found"] = (404, "no such path, or no such run"),
        ["method-not-allowed"] = (405, "the path has other methods"),
        ["duplicate-job"] = (409, "the id is taken by a job with another class or payload"),
        ["job-state"] = (409, "the job's state does not allow it"),
        ["too-many-runs"] = (409, "too many acts on many jobs go on in this process"),
        ["payload-too-large"] = (413, "a payload or a body is too large"),
        ["batch-too-large"] = (413, "too many jobs in one batch"),
        ["unsupported-media-type"] = (415, "the body is of another media type"),
        ["too-many-keys"] = (429, "too many wrong keys from there; `Retry-After` is set"),
        ["too-many-streams"] = (429, "the caller follows too many streams; `Retry-After` is set"),
        ["internal-error"] = (500, "nobody foresaw it; the host's log has the exception"),
        ["grid-unavailable"] = (503, "the grid or its store does not answer, or the host stops; `Retry-After` is set"),
        ["store-setup"] = (503, "the store cannot be used"),
        ["too-many-listeners"] = (503, "too many pages listen to this process"),
    };

    /// <summary>The codes that an operation may answer with.</summary>
    public static IEnumerable<string> Of(ApiOperation operation, bool isOpen) => operation.Pattern == OpenApiEndpoints.Path ? ["internal-error"]
        : OfAll
            .Concat(isOpen ? [] : OfGuarded)
            .Concat(operation.Method == "GET" ? [] : OfUnsafe)
            .Concat(operation.Body is null ? [] : OfBody)
            .Concat(operation.Codes)
            .Distinct(StringComparer.Ordinal);
}
