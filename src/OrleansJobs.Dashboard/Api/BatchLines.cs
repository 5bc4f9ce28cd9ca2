using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Api;

/// <summary>
/// Cuts the body of a batch into the JSON of its jobs, numbered from 1. The jobs are parts of the body, not copies, and one that has too many is
/// refused before they are unpacked.
/// </summary>
internal static class BatchLines
{
    /// <summary>One job a line; empty lines count, but hold no job.</summary>
    /// <exception cref="BatchTooLargeException">There are more than <see cref="JobLimits.MaxSubmitBatch"/> jobs.</exception>
    public static List<BatchLine> OfNdjson(ReadOnlyMemory<byte> body)
    {
        var lines = new List<BatchLine>();
        for (var number = 1; !body.IsEmpty; number++)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var line = (end < 0 ? body : body[..end]).Trim(" \t\r"u8);
            if (!line.IsEmpty)
            {
                RequireRoom(lines.Count);
                lines.Add(new BatchLine(number, line));
            }

            body = end < 0 ? default : body[(end + 1)..];
        }

        return lines;
    }

    /// <exception cref="InvalidRequestException">The body is no JSON array.</exception>
    /// <exception cref="BatchTooLargeException">There are more than <see cref="JobLimits.MaxSubmitBatch"/> jobs.</exception>
    public static List<BatchLine> OfArray(ReadOnlyMemory<byte> body)
    {
        var lines = new List<BatchLine>();
        var isArray = StrictJson.ReadArray(body, job =>
        {
            RequireRoom(lines.Count);
            lines.Add(new BatchLine(lines.Count + 1, job));
        });
        return isArray ? lines : throw new InvalidRequestException("Expected a JSON array of jobs; send a single job to the path without /batch.");
    }

    private static void RequireRoom(int count)
    {
        if (count == JobLimits.MaxSubmitBatch)
        {
            throw new BatchTooLargeException(count + 1, JobLimits.MaxSubmitBatch);
        }
    }
}
