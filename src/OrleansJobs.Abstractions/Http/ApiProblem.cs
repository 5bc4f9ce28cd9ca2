namespace OrleansJobs.Http;

/// <summary>An error as the HTTP API tells it (RFC 9457, <c>application/problem+json</c>).</summary>
public sealed record ApiProblem
{
    /// <summary>Media type of an error.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>What <see cref="Type"/> begins with; the <see cref="Code"/> follows.</summary>
    public const string TypePrefix = "urn:orleansjobs:";

    /// <summary>The kind of error as a URI: <see cref="TypePrefix"/> and the <see cref="Code"/>.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>The kind of error in words.</summary>
    public string Title { get; init; } = "";

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>What went wrong, in a sentence.</summary>
    public string Detail { get; init; } = "";

    /// <summary>A word for programs: <see cref="JobsException.Code"/>, or one of the API's own.</summary>
    public string Code { get; init; } = "";

    /// <summary>Each fault in a sentence, when there may be several.</summary>
    public IReadOnlyList<string>? Faults { get; init; }
}
