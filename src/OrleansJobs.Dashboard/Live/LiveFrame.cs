using System.Net.ServerSentEvents;
using System.Text.Json;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Live;

/// <summary>An event as it goes out: one JSON, the same bytes to every listener. Payloads are in it as they were submitted.</summary>
internal sealed class LiveFrame
{
    private LiveFrame(string name, byte[] json) => Event = new SseItem<byte[]>(json, name);

    public SseItem<byte[]> Event { get; }

    public static LiveFrame Of(string name, object value) => new(name, Json(value));

    public static byte[] Json(object value) => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), JobsHttpJson.Options);
}
