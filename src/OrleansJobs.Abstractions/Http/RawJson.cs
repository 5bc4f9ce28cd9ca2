using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansJobs.Http;

/// <summary>One JSON value kept as the bytes it came in, so that a payload passes through unchanged.</summary>
/// <param name="Utf8">The value's bytes; empty when the value is absent.</param>
[JsonConverter(typeof(JsonConverter))]
public readonly record struct RawJson(ReadOnlyMemory<byte> Utf8)
{
    /// <summary>Deepest nesting of a payload that is shown as JSON; a deeper one is shown as bytes.</summary>
    public const int MaxDepth = 64;

    /// <summary>Whether there is no value (JSON's <c>null</c> is one).</summary>
    public bool IsAbsent => Utf8.IsEmpty;

    /// <summary>Whether the bytes are exactly one JSON value in valid UTF-8.</summary>
    public static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || !System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return false;
        }

        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                // Reading to the end is the check.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private sealed class JsonConverter : JsonConverter<RawJson>
    {
        public override bool HandleNull => true;

        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var value = JsonDocument.ParseValue(ref reader);
            return new RawJson(JsonMarshal.GetRawUtf8Value(value.RootElement).ToArray());
        }

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}
