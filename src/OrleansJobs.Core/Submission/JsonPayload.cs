using System.Text.Json;
using System.Text.Unicode;

namespace OrleansJobs.Core.Submission;

/// <summary>Tells whether bytes are one complete JSON value.</summary>
internal static class JsonPayload
{
    /// <summary>Far deeper than a handler's serializer goes by default; it has the last word on the shape.</summary>
    private const int MaxDepth = 1_000;

    /// <summary>Whether the media type says JSON: <c>application/json</c> or one that ends in <c>+json</c>, with or without parameters.</summary>
    public static bool IsNamedBy(string? contentType)
    {
        var mediaType = contentType.AsSpan();
        var end = mediaType.IndexOf(';');
        mediaType = (end < 0 ? mediaType : mediaType[..end]).Trim();
        return mediaType.Equals(JobSerializer.Json, StringComparison.OrdinalIgnoreCase)
            || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What is wrong with the bytes, or null.</summary>
    public static string? FaultOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return "empty";
        }

        // The reader looks into strings only when asked for them.
        if (!Utf8.IsValid(bytes))
        {
            return "not UTF-8";
        }

        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException fault)
        {
            return $"not JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1})";
        }
    }
}
