using System.Runtime.CompilerServices;
using System.Text.Json;
using OrleansJobs.Http;

namespace OrleansJobs.Cli.Submit;

/// <summary>Where the jobs of a submit come from.</summary>
internal static class JobLines
{
    /// <summary>The same job so many times, each time with an id of its own.</summary>
    public static async IAsyncEnumerable<JobLine> Repeat(SubmitRequest job, int count)
    {
        for (var number = 1; number <= count; number++)
        {
            yield return new JobLine(number, job with { Id = job.Id ?? JobId.New() }, null);
        }

        await Task.CompletedTask;
    }

    /// <summary>
    /// A job a line: an object with a <c>payload</c> is a job with its options, as the HTTP API takes it; any other JSON is a payload.
    /// What a line does not say comes from <paramref name="defaults"/>.
    /// </summary>
    public static async IAsyncEnumerable<JobLine> ReadAsync(
        Stream input, SubmitRequest defaults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (number, line) in new LineReader(input, HttpLimits.MaxJobBodyBytes).ReadAsync(cancellationToken))
        {
            yield return (number, line) switch
            {
                (0, _) => JobLine.Idle,
                (_, null) => new JobLine(number, null, $"The line has more than {HttpLimits.MaxJobBodyBytes} bytes, which is the limit."),
                _ => Parse(number, line, defaults),
            };
        }
    }

    private static JobLine Parse(int number, byte[] line, SubmitRequest defaults)
    {
        try
        {
            var job = IsJob(line) ? Merge(StrictJson.Read<SubmitRequest>(line), defaults) : defaults with { Payload = new RawJson(line) };
            return new JobLine(number, job with { Id = job.Id ?? JobId.New() }, null);
        }
        catch (InvalidRequestException error)
        {
            return new JobLine(number, null, error.Message);
        }
    }

    private static bool IsJob(byte[] line)
    {
        using var document = StrictJson.Parse(line);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && (document.RootElement.TryGetProperty("payload", out _) || document.RootElement.TryGetProperty("payloadBase64", out _));
    }

    private static SubmitRequest Merge(SubmitRequest job, SubmitRequest defaults) => job with
    {
        JobClass = job.JobClass ?? defaults.JobClass,
        Tenant = job.Tenant ?? defaults.Tenant,
        Priority = job.Priority ?? defaults.Priority,
        Delay = job.Delay ?? (job.DueAt is null ? defaults.Delay : null),
        DueAt = job.DueAt ?? (job.Delay is null ? defaults.DueAt : null),
        MaxAttempts = job.MaxAttempts ?? defaults.MaxAttempts,
        Timeout = job.Timeout ?? defaults.Timeout,
        Cost = job.Cost ?? defaults.Cost,
        Tags = job.Tags ?? defaults.Tags,
    };
}
