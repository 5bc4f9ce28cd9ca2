using System.Buffers;
using System.Text.Json;

namespace OrleansJobs.Workers.Redaction;

/// <summary>Copies JSON, with <see cref="Redacted.Text"/> in place of what is sensitive by its type. Where JSON and type do not fit, it hides.</summary>
internal sealed class JsonRedaction(TypeShapes shapes)
{
    /// <summary>JSON that says that there was something.</summary>
    public static ReadOnlyMemory<byte> Hidden { get; } = JsonSerializer.SerializeToUtf8Bytes(Redacted.Text);

    public ReadOnlyMemory<byte> Redact(ReadOnlyMemory<byte> json, Type type)
    {
        if (!shapes.HasSensitive(type))
        {
            return json;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var copy = new ArrayBufferWriter<byte>(json.Length);
            using (var writer = new Utf8JsonWriter(copy))
            {
                Write(writer, document.RootElement, [type]);
            }

            return copy.WrittenMemory;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // No JSON, or text in it that is no valid Unicode.
            return Hidden;
        }
    }

    private void Write(Utf8JsonWriter writer, JsonElement value, IReadOnlyList<Type> types)
    {
        var possible = types.SelectMany(shapes.AllOf).ToList();
        if (possible.Exists(shape => shape.IsSensitive))
        {
            writer.WriteStringValue(Redacted.Text);
        }
        else if (value.ValueKind == JsonValueKind.Object && possible.Exists(shape => shape.Members is not null || shape.Element is not null))
        {
            WriteObject(writer, value, possible);
        }
        else if (value.ValueKind == JsonValueKind.Array && possible.Exists(shape => shape.Element is not null))
        {
            WriteArray(writer, value, ElementsOf(possible));
        }
        else if (value.ValueKind != JsonValueKind.Null && (types.Any(shapes.HasSensitive) || !Fits(value, types)))
        {
            writer.WriteStringValue(Redacted.Text);
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    private void WriteObject(Utf8JsonWriter writer, JsonElement value, List<TypeShape> possible)
    {
        var elements = ElementsOf(possible);
        var hidesUnknown = possible.Exists(shape => shape.HidesUnknown);
        writer.WriteStartObject();
        foreach (var property in value.EnumerateObject())
        {
            writer.WritePropertyName(property.Name);
            var members = MembersOf(possible, property.Name);
            if (members.Exists(member => member.IsSensitive) || (members.Count == 0 && elements.Count == 0 && hidesUnknown))
            {
                writer.WriteStringValue(Redacted.Text);
            }
            else
            {
                Write(writer, property.Value, members.Count > 0 ? [.. members.Select(member => member.Type)] : elements);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>What does not fit its type may be anything, such as an old form of what is sensitive now. What has no type is known to nobody.</summary>
    private bool Fits(JsonElement value, IReadOnlyList<Type> types) => types.Count == 0 || types.Any(type => shapes.Fits(value, type));

    private void WriteArray(Utf8JsonWriter writer, JsonElement value, List<Type> elements)
    {
        writer.WriteStartArray();
        foreach (var element in value.EnumerateArray())
        {
            Write(writer, element, elements);
        }

        writer.WriteEndArray();
    }

    private static List<ShapeMember> MembersOf(List<TypeShape> possible, string name) =>
    [
        .. possible.Where(shape => shape.Members?.ContainsKey(name) == true).Select(shape => shape.Members![name]),
    ];

    private static List<Type> ElementsOf(List<TypeShape> possible) => [.. possible.Where(shape => shape.Element is not null).Select(shape => shape.Element!)];
}
