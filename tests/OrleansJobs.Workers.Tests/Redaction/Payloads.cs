using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansJobs.Workers.Tests.Redaction;

internal sealed record Plain(string Text);

[Sensitive]
internal sealed record Whole(string A);

internal sealed record TokenResult([property: Sensitive] string Token, int Count);

/// <summary>A payload that is sensitive in every place that a type can have.</summary>
internal sealed record Order(
    int Id,
    [Sensitive] string? Secret = null,
    string? Note = null,
    Card? Card = null,
    IReadOnlyList<Card>? Cards = null,
    Dictionary<string, Card>? ByName = null,
    Order? Next = null,
    Shape? Shape = null,
    Pin? Maybe = null,
    Odd? Odd = null);

internal sealed class Card
{
    [Sensitive]
    public string Number { get; set; } = "";

    public string Brand { get; set; } = "";
}

internal record struct Pin([property: JsonPropertyName("pin"), Sensitive] string Digits);

[JsonPolymorphic]
[JsonDerivedType(typeof(Box), "box")]
internal record Shape;

internal sealed record Box([property: Sensitive] string Pin) : Shape;

[JsonConverter(typeof(OddConverter))]
internal sealed class Odd
{
    [Sensitive]
    public string Text { get; init; } = "";
}

internal sealed class OddConverter : JsonConverter<Odd>
{
    public override Odd Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new() { Text = reader.GetString()! };

    public override void Write(Utf8JsonWriter writer, Odd value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
