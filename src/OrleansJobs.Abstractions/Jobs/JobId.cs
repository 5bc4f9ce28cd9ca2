using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansJobs;

/// <summary>
/// The identity of a job: a UUID, made by the client, so that submitting it again is the same job. <see cref="New()"/> makes one of version 7, which costs
/// stores least; any other will do but the one of all zeros.
/// </summary>
/// <param name="Value">The UUID.</param>
[JsonConverter(typeof(JsonConverter))]
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public readonly record struct JobId([property: Id(0)] Guid Value) : IComparable<JobId>, IParsable<JobId>
{
    /// <summary>Makes a new id that sorts after those that this process made earlier.</summary>
    public static JobId New() => new(IncreasingIds.New(TimeProvider.System.GetUtcNow()));

    /// <summary>Makes a new id for the given time.</summary>
    public static JobId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <summary>Reads an id from its text, such as <c>0193b5f2-7c1e-7d3a-9f1b-2a4c6e8f0a1b</c>.</summary>
    /// <exception cref="FormatException">The text is no UUID.</exception>
    public static JobId Parse(string s) => Parse(s, null);

    /// <inheritdoc/>
    public static JobId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a job id (a UUID).");

    /// <summary>Reads an id from its text, if it is one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out JobId result)
    {
        var parsed = Guid.TryParse(s, out var value) && value != Guid.Empty;
        result = parsed ? new JobId(value) : default;
        return parsed;
    }

    /// <summary>Orders ids by their bytes: those that <see cref="New()"/> makes by the time at which they were made.</summary>
    public int CompareTo(JobId other) => Value.CompareTo(other.Value);

    /// <summary>The id as lower-case text with hyphens.</summary>
    public override string ToString() => Value.ToString("D");

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(JobId left, JobId right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(JobId left, JobId right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> is <paramref name="right"/> or comes before it.</summary>
    public static bool operator <=(JobId left, JobId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> is <paramref name="right"/> or comes after it.</summary>
    public static bool operator >=(JobId left, JobId right) => left.CompareTo(right) >= 0;

    private sealed class JsonConverter : JsonConverter<JobId>
    {
        public override JobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), null, out var id) ? id : throw new JsonException("A job id is a UUID.");

        public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
