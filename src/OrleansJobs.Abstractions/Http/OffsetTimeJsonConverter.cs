using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansJobs.Http;

/// <summary>A time in ISO 8601. Without an offset it would be read in whatever zone the server happens to be, so it is refused.</summary>
internal sealed class OffsetTimeJsonConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        OffsetTime.TryParse(reader.GetString(), out var time) ? time : throw new JsonException($"A time is {OffsetTime.Expected}.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
