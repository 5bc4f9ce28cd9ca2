using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OrleansJobs.Storage.Rows;

/// <summary>The parts of a job that are kept as JSON text; null stands for what is empty.</summary>
internal static class RowJson
{
    private static readonly RowJsonContext Context = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

        // Text stays readable in the database; nobody reads it as a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string? Tags(IReadOnlyList<string> tags) => tags.Count == 0 ? null : Write(tags, Context.IReadOnlyListString);

    public static string? Attempts(IReadOnlyList<JobAttempt> attempts) =>
        attempts.Count == 0 ? null : Write(attempts, Context.IReadOnlyListJobAttempt);

    public static string? Progress(JobProgress? progress) => progress is null ? null : Write(progress, Context.JobProgress);

    public static string? Error(JobError? error) => error is null ? null : Write(error, Context.JobError);

    public static IReadOnlyList<string> ToTags(string? json) => json is null ? [] : Read(json, Context.IReadOnlyListString) ?? [];

    public static IReadOnlyList<JobAttempt> ToAttempts(string? json) =>
        json is null ? [] : Read(json, Context.IReadOnlyListJobAttempt) ?? [];

    public static JobProgress? ToProgress(string? json) => json is null ? null : Read(json, Context.JobProgress);

    public static JobError? ToError(string? json) => json is null ? null : Read(json, Context.JobError);

    private static string Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);

    private static T? Read<T>(string json, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(json, type);
}
