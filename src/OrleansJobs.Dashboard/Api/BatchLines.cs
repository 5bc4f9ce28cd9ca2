using System.Runtime.InteropServices;
using System.Text.Json;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Api;

/// <summary>Cuts the body of a batch into the JSON of its jobs, numbered from 1.</summary>
internal static class BatchLines
{
    /// <summary>One job a line; empty lines count, but hold no job.</summary>
    public static List<BatchLine> OfNdjson(ReadOnlyMemory<byte> body)
    {
        var lines = new List<BatchLine>();
        for (var number = 1; !body.IsEmpty; number++)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var line = (end < 0 ? body : body[..end]).Trim(" \t\r"u8);
            if (!line.IsEmpty)
            {
                lines.Add(new BatchLine(number, line));
            }

            body = end < 0 ? default : body[(end + 1)..];
        }

        return lines;
    }

    /// <exception cref="InvalidRequestException">The body is no JSON array.</exception>
    public static List<BatchLine> OfArray(ReadOnlyMemory<byte> body)
    {
        using var document = StrictJson.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new InvalidRequestException("Expected a JSON array of jobs; send a single job to the path without /batch.");
        }

        return
        [
            .. document.RootElement.EnumerateArray()
                .Select((job, index) => new BatchLine(index + 1, JsonMarshal.GetRawUtf8Value(job).ToArray())),
        ];
    }
}
