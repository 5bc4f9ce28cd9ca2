using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OrleansJobs.Http;

/// <summary>
/// The JSON of the HTTP API, the same on both ends. Names are camel-case and a job's class is <c>class</c>; enums are their names;
/// durations are written as <c>[d.]hh:mm:ss[.fffffff]</c> and read as <see cref="JobDuration"/> reads them; times are ISO 8601 with an offset; what is null is left out. A payload or result is
/// shown as it is (<c>payload</c>, <c>result</c>) when it is JSON, and in base64 (<c>payloadBase64</c>, <c>resultBase64</c>) when not.
/// </summary>
public static class JobsHttpJson
{
    /// <summary>Levels of nesting that an answer puts around a payload at most.</summary>
    private const int EnvelopeDepth = 8;

    /// <summary>For writing, and for reading answers: passes over properties that it does not know.</summary>
    public static JsonSerializerOptions Options { get; } = Create(strict: false);

    /// <summary>For reading requests: refuses unknown and repeated properties.</summary>
    public static JsonSerializerOptions Strict { get; } = Create(strict: true);

    private static JsonSerializerOptions Create(bool strict)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = RawJson.MaxDepth + EnvelopeDepth,
            UnmappedMemberHandling = strict ? JsonUnmappedMemberHandling.Disallow : JsonUnmappedMemberHandling.Skip,
            AllowDuplicateProperties = !strict,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameClass, ShowPayload, HidePayloadWhenAbsent } },
            Converters =
            {
                new JsonStringEnumConverter(allowIntegerValues: false),
                new JobDurationJsonConverter(),
                new RateJsonConverter(),
                new OffsetTimeJsonConverter(),
            },
        };
        if (strict)
        {
            options.Converters.Add(new StorableTextJsonConverter());
        }

        options.MakeReadOnly();
        return options;
    }

    private static void NameClass(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.Name == "jobClass"))
        {
            property.Name = "class";
        }
    }

    private static void HidePayloadWhenAbsent(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.PropertyType == typeof(RawJson)))
        {
            property.ShouldSerialize = (_, value) => value is RawJson { IsAbsent: false };
        }
    }

    private static void ShowPayload(JsonTypeInfo type)
    {
        if (type.Type == typeof(JobSnapshot))
        {
            ShowBytes(type, "payload", job => job.Payload.IsEmpty ? null : job.Payload, bytes => bytes);
            ShowBytes(type, "result", job => job.Result, bytes => (ReadOnlyMemory<byte>?)bytes);
        }
    }

    /// <summary>Shows bytes as one of two properties: the name alone says what they are, in whatever order the names come.</summary>
    private static void ShowBytes(
        JsonTypeInfo type, string name, Func<JobSnapshot, ReadOnlyMemory<byte>?> get, Func<ReadOnlyMemory<byte>, object?> box)
    {
        var bytes = type.Properties.First(property => property.Name == name);
        var set = bytes.Set!;
        type.Properties.Remove(bytes);

        var json = type.CreateJsonPropertyInfo(typeof(RawJson), name);
        json.Get = job => get((JobSnapshot)job) is { } value && IsShownAsJson((JobSnapshot)job, value) ? new RawJson(value) : default;
        json.Set = (job, value) => set(job, box(((RawJson)value!).Utf8));
        type.Properties.Add(json);

        var base64 = type.CreateJsonPropertyInfo(typeof(byte[]), name + "Base64");
        base64.Get = job => get((JobSnapshot)job) is { } value && !IsShownAsJson((JobSnapshot)job, value) ? value.ToArray() : null;
        base64.Set = (job, value) => set(job, box((byte[]?)value));
        base64.ShouldSerialize = (_, value) => value is not null;
        type.Properties.Add(base64);
    }

    private static bool IsShownAsJson(JobSnapshot job, ReadOnlyMemory<byte> bytes) =>
        job.ContentType.StartsWith(JobSerializer.Json, StringComparison.OrdinalIgnoreCase) && RawJson.IsJson(bytes.Span);
}
