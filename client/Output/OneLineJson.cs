using System.Buffers;
using System.Text;
using System.Text.Json;
using OrleansJobs.Http;

namespace OrleansJobs.Cli.Output;

/// <summary>JSON without a line break in it, even if a payload that passes through has some.</summary>
internal static class OneLineJson
{
    public static string Of<T>(T value)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, JobsHttpJson.Options);
        return Encoding.UTF8.GetString(bytes.AsSpan().ContainsAny((byte)'\n', (byte)'\r') ? Compact(bytes) : bytes);
    }

    public static byte[] Compact(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JobsHttpJson.Options.MaxDepth });
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JobsHttpJson.Options.Encoder }))
        {
            document.WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
