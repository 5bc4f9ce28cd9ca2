using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansJobs.Http;

/// <summary>Reads the texts of requests, values and names of dictionaries alike: the one gate for what no store can hold.</summary>
internal sealed class StorableTextJsonConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Require(reader.GetString()!) : throw new JsonException("No text.");

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Require(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

    private static string Require(string text) => StorableText.IsOne(text) ? text : throw new JsonException($"Not {StorableText.Expected}.");
}
