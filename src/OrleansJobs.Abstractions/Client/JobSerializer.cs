using System.Text.Json;

namespace OrleansJobs;

/// <summary>
/// Turns payloads, results and checkpoints into JSON and back. Give it options with a source-generated
/// <see cref="JsonSerializerOptions.TypeInfoResolver"/> to do without reflection.
/// </summary>
public sealed class JobSerializer
{
    /// <summary>The media type of what it writes.</summary>
    public const string Json = "application/json";

    private readonly JsonSerializerOptions _options;

    /// <summary>Makes a serializer; camel-case names by default.</summary>
    public JobSerializer(JsonSerializerOptions? options = null) => _options = options ?? new JsonSerializerOptions(JsonSerializerDefaults.Web);

    /// <summary>A serializer with the default options.</summary>
    public static JobSerializer Default { get; } = new();

    /// <summary>Writes a value by its declared type.</summary>
    public byte[] Serialize<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, _options);

    /// <summary>Writes a value by its own type.</summary>
    public byte[] Serialize(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), _options);
    }

    /// <summary>Reads a value.</summary>
    /// <exception cref="JsonException">The bytes are not valid for the type.</exception>
    public T? Deserialize<T>(ReadOnlyMemory<byte> bytes) => JsonSerializer.Deserialize<T>(bytes.Span, _options);
}
