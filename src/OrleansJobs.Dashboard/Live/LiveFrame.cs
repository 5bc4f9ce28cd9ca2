using System.Buffers;
using System.Text.Json;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Live;

/// <summary>An event as it goes out, the same bytes to every listener. Its JSON has no line breaks, so that it is one line of data.</summary>
internal sealed class LiveFrame
{
    private LiveFrame(byte[] bytes) => Bytes = bytes;

    public byte[] Bytes { get; }

    public static LiveFrame Of(string name, object value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write("event: "u8);
        buffer.Write(System.Text.Encoding.UTF8.GetBytes(name));
        buffer.Write("\ndata: "u8);
        buffer.Write(Json(value));
        buffer.Write("\n\n"u8);
        return new LiveFrame(buffer.WrittenSpan.ToArray());
    }

    public static byte[] Json(object value) => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), JobsHttpJson.Options);
}
