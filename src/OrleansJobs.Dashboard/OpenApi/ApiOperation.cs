namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>What one route of the API is: what is known of it by the calls that come in, and told of it by the document.</summary>
/// <param name="Id">Its name in the document.</param>
/// <param name="Tag">The group that it belongs to.</param>
/// <param name="Method">Its HTTP method.</param>
/// <param name="Pattern">Its path below the API.</param>
/// <param name="Summary">What it does, in a sentence.</param>
internal sealed record ApiOperation(string Id, string Tag, string Method, string Pattern, string Summary)
{
    /// <summary>More about it; null when there is none.</summary>
    public string? Text { get; init; }

    /// <summary>The query keys that it knows.</summary>
    public IReadOnlyList<ApiParameter> Query { get; init; } = [];

    /// <summary>Its body; null when it takes none.</summary>
    public ApiBody? Body { get; init; }

    /// <summary>What it answers when it goes well.</summary>
    public required IReadOnlyList<ApiAnswer> Answers { get; init; }

    /// <summary>Codes of problems that it has beside those that its path, its method and its body bring along.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>The names of the query keys that it knows.</summary>
    public string[] QueryKeys => [.. Query.Select(key => key.Name)];

    public static ApiOperation Get(string id, string tag, string pattern, string summary, ApiAnswer answer, params ApiParameter[] query) =>
        new(id, tag, "GET", pattern, summary) { Answers = [answer], Query = query };

    public static ApiOperation Delete(string id, string tag, string pattern, string summary, ApiAnswer answer) =>
        new(id, tag, "DELETE", pattern, summary) { Answers = [answer] };

    public static ApiOperation Post(string id, string tag, string pattern, string summary, ApiAnswer answer, ApiBody? body = null) =>
        new(id, tag, "POST", pattern, summary) { Answers = [answer], Body = body };
}
