using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansJobs.Http;

/// <summary>
/// A duration as <c>[d.]hh:mm:ss[.fffffff]</c>, read in every way of <see cref="JobDuration"/>. A negative one is read too: whoever takes it
/// says what it has to be from and to.
/// </summary>
internal sealed class JobDurationJsonConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var fault = reader.TokenType == JsonTokenType.String
            ? DurationText.Read(reader.GetString(), out var duration)
            : DurationText.Read("", out duration);
        return fault is null ? duration : throw new JsonException($"No duration: {fault}.");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("c"));
}
