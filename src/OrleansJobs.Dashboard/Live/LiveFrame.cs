using System.Buffers;
using System.Text.Json;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Live;

/// <summary>
/// An event as it goes out, the same bytes to every listener. Payloads are in it as they were submitted, line breaks between their
/// tokens included, so each line of the JSON is a line of data; the browser puts them together again.
/// </summary>
internal sealed class LiveFrame
{
    private LiveFrame(byte[] bytes) => Bytes = bytes;

    public byte[] Bytes { get; }

    public static LiveFrame Of(string name, object value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write("event: "u8);
        buffer.Write(System.Text.Encoding.UTF8.GetBytes(name));
        foreach (var line in LinesOf(Json(value)))
        {
            buffer.Write("\ndata: "u8);
            buffer.Write(line.Span);
        }

        buffer.Write("\n\n"u8);
        return new LiveFrame(buffer.WrittenSpan.ToArray());
    }

    public static byte[] Json(object value) => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), JobsHttpJson.Options);

    private static IEnumerable<ReadOnlyMemory<byte>> LinesOf(ReadOnlyMemory<byte> json)
    {
        while (json.Span.IndexOfAny((byte)'\r', (byte)'\n') is var end && end >= 0)
        {
            yield return json[..end];
            json = json[(end + 1)..];
        }

        yield return json;
    }
}
