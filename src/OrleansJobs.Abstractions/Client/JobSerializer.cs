using System.Text.Json;

namespace OrleansJobs;

/// <summary>
/// Turns payloads, results and checkpoints into JSON and back. Give it options with a source-generated
/// <see cref="JsonSerializerOptions.TypeInfoResolver"/> to do without reflection.
/// </summary>
/// <remarks>
/// Payloads are held to their type: a constructor parameter without a default has to be there, and what the type says is not null must not be
/// null. Results and checkpoints are not, so that what an older version of a type wrote can still be read.
/// <para>
/// A value whose type a base type names as derived (<c>[JsonDerivedType]</c>) is written as that base type does, with its discriminator: it can be
/// read as either. When reading, the discriminator may stand anywhere in the object.
/// </para>
/// </remarks>
public sealed class JobSerializer
{
    /// <summary>The media type of what it writes.</summary>
    public const string Json = "application/json";

    private readonly JsonSerializerOptions _options;
    private readonly JsonSerializerOptions _payloads;
    private readonly PolymorphicBases _bases;

    /// <summary>Makes a serializer; camel-case names by default.</summary>
    public JobSerializer(JsonSerializerOptions? options = null)
    {
        _options = new JsonSerializerOptions(options ?? JsonSerializerOptions.Web) { AllowOutOfOrderMetadataProperties = true };
        _bases = new PolymorphicBases(_options);
        _payloads = new JsonSerializerOptions(_options) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };
    }

    /// <summary>A serializer with the default options.</summary>
    public static JobSerializer Default { get; } = new();

    /// <summary>Writes a payload by its declared type.</summary>
    /// <exception cref="JsonException">The payload is null, or is not valid for its type, such as by a member that is null and must not be.</exception>
    public byte[] SerializePayload<T>(T payload) =>
        payload is null ? throw NullPayload() : JsonSerializer.SerializeToUtf8Bytes(payload, _bases.WrittenAs(typeof(T), payload), _payloads);

    /// <summary>Reads a payload. Members that the type does not have are passed over.</summary>
    /// <exception cref="JsonException">The bytes are not valid for the type; the message names the member, if there is one to name.</exception>
    public T DeserializePayload<T>(ReadOnlyMemory<byte> bytes) => JsonSerializer.Deserialize<T>(bytes.Span, _payloads) ?? throw NullPayload();

    /// <summary>Writes a value by its declared type.</summary>
    public byte[] Serialize<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, _bases.WrittenAs(typeof(T), value), _options);

    /// <summary>Writes a value by its own type.</summary>
    public byte[] Serialize(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return JsonSerializer.SerializeToUtf8Bytes(value, _bases.WrittenAs(value.GetType(), value), _options);
    }

    /// <summary>Reads a value.</summary>
    /// <exception cref="JsonException">The bytes are not valid for the type.</exception>
    public T? Deserialize<T>(ReadOnlyMemory<byte> bytes) => JsonSerializer.Deserialize<T>(bytes.Span, _options);

    private static JsonException NullPayload() => new("The payload is null.");
}
