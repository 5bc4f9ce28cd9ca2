using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Api;

/// <summary>Reads bodies, never more of one than its limit.</summary>
internal static class RequestBody
{
    private static readonly string[] NdjsonTypes = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

    /// <summary>Reads a JSON object.</summary>
    public static async Task<T> ReadAsync<T>(HttpContext http, int maxBytes = HttpLimits.MaxBodyBytes) where T : class
    {
        RequireType(http.Request, IsJson(http.Request), JobSerializer.Json);
        return StrictJson.Read<T>(await ReadBytesAsync(http, maxBytes));
    }

    /// <summary>Reads a JSON object, or gives <paramref name="whenEmpty"/> if there is no body.</summary>
    public static async Task<T> ReadOrAsync<T>(HttpContext http, T whenEmpty) where T : class =>
        http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false || http.Request.ContentLength == 0
            ? whenEmpty
            : await ReadAsync<T>(http);

    public static bool IsNdjson(HttpRequest request) =>
        MediaTypeOf(request) is { } type && NdjsonTypes.Contains(type, StringComparer.OrdinalIgnoreCase);

    public static void RequireBatchType(HttpRequest request) =>
        RequireType(request, IsJson(request) || IsNdjson(request), $"{JobSerializer.Json} (an array) or {NdjsonTypes[0]}");

    /// <summary>Reads the whole body.</summary>
    /// <exception cref="PayloadTooLargeException">It has more bytes than it may.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(HttpContext http, int maxBytes)
    {
        if (http.Request.ContentLength is { } length && length > maxBytes)
        {
            throw new PayloadTooLargeException("request body", length, maxBytes);
        }

        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > maxBytes)
            {
                throw new PayloadTooLargeException($"The request body has more than {maxBytes} bytes, which is the limit.");
            }

            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeOf(request) is { } type
        && (type.Equals(JobSerializer.Json, StringComparison.OrdinalIgnoreCase)
            || (type.StartsWith("application/", StringComparison.OrdinalIgnoreCase)
                && type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)));

    private static string? MediaTypeOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType.Value : null;

    private static void RequireType(HttpRequest request, bool isRight, string expected)
    {
        if (!isRight)
        {
            throw HttpFault.UnsupportedMediaType(request.ContentType, expected);
        }
    }
}
