using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansJobs.Http;

/// <summary>
/// A <see cref="Rate"/> as <c>{"permits":50,"period":"00:00:01","burst":5}</c>, and read from a text such as <c>"50/s"</c> as well. The period
/// is a second and the burst the usual one where they are not said; 0 permits mean no limit.
/// </summary>
internal sealed class RateJsonConverter : JsonConverter<Rate>
{
    public override Rate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return Rate.TryParse(reader.GetString(), out var rate, out var fault) ? rate : throw new JsonException($"No rate: {fault}.");
        }

        var shape = JsonSerializer.Deserialize<Shape>(ref reader, options) ?? throw new JsonException("A rate is an object.");
        return shape.Permits == 0 ? Rate.Unlimited : Rate.Per(shape.Period ?? TimeSpan.FromSeconds(1), shape.Permits, shape.Burst);
    }

    public override void Write(Utf8JsonWriter writer, Rate value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, ShapeOf(value), options);

    private static Shape ShapeOf(Rate value) =>
        value.IsUnlimited ? new Shape() : new Shape { Permits = value.Permits, Period = value.Period, Burst = value.Burst };

    private sealed record Shape
    {
        [JsonRequired]
        public int Permits { get; init; }

        public TimeSpan? Period { get; init; }

        public int? Burst { get; init; }
    }
}
