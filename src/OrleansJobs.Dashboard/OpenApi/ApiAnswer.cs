namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>An answer of a call that went well.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">What it means, in a sentence.</param>
/// <param name="Type">What its body is; null when it has none.</param>
/// <param name="MediaType">The media type of its body.</param>
internal sealed record ApiAnswer(int Status, string Text, Type? Type = null, string MediaType = JobSerializer.Json)
{
    public static ApiAnswer Ok<T>(string text) => new(200, text, typeof(T));
}
