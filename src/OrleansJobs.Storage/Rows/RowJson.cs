using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OrleansJobs.Storage.Rows;

/// <summary>
/// The parts of a job that are kept as JSON text; null stands for what is empty. What is read may be anything that a column of text can hold.
/// </summary>
internal static class RowJson
{
    /// <summary>Longest text of any of them, in characters: more than the grid ever writes, with every character escaped.</summary>
    public const int MaxLength = 2 * 1024 * 1024;

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

    public static bool TryToTags(string? json, out IReadOnlyList<string> tags)
    {
        var isRead = TryRead(json, Context.IReadOnlyListString, out var read) && (json is null || read is not null) && read?.Contains(null!) != true;
        tags = isRead && read is not null ? read : [];
        return isRead;
    }

    public static bool TryToAttempts(string? json, out IReadOnlyList<JobAttempt> attempts)
    {
        var isRead = TryRead(json, Context.IReadOnlyListJobAttempt, out var read) && read?.All(IsWhole) != false;
        attempts = isRead && read is not null ? Latest(read) : [];
        return isRead;
    }

    public static bool TryToProgress(string? json, out JobProgress? progress) => TryRead(json, Context.JobProgress, out progress);

    public static bool TryToError(string? json, out JobError? error)
    {
        if (TryRead(json, Context.JobError, out error) && IsWhole(error))
        {
            return true;
        }

        error = null;
        return false;
    }

    private static bool IsWhole(JobError? error) => error is null or { Type: not null, Message: not null };

    private static bool IsWhole(JobAttempt? attempt) => attempt is { Silo: not null } && IsWhole(attempt.Error) && Enum.IsDefined(attempt.Outcome);

    private static IReadOnlyList<JobAttempt> Latest(IReadOnlyList<JobAttempt> attempts) =>
        attempts.Count <= JobLimits.MaxAttemptHistory ? attempts : [.. attempts.Skip(attempts.Count - JobLimits.MaxAttemptHistory)];

    private static string Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the reader throws, it is the text's fault.")]
    private static bool TryRead<T>(string? json, JsonTypeInfo<T> type, out T? value)
    {
        value = default;
        if (json is null)
        {
            return true;
        }

        if (json.Length > MaxLength)
        {
            return false;
        }

        try
        {
            value = JsonSerializer.Deserialize(json, type);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
