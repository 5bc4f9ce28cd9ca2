using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansJobs.Diagnostics;

/// <summary>How long the calls of clients and workers to the grid take: <c>send</c>, <c>start</c> and <c>ack</c>, each a durable write.</summary>
internal static class OperationTelemetry
{
    public static Histogram<double> Duration { get; } = JobsTelemetry.Meter.CreateHistogram(
        "messaging.client.operation.duration", "s", "How long calls to the grid took.", null, JobsTelemetry.Durations);

    public static void Record(string operation, string? jobClass, string? error, TimeSpan took)
    {
        if (Duration.Enabled)
        {
            ForeignCode.Run((operation, jobClass, error, took), static one =>
                Duration.Record(one.took.TotalSeconds, Tags(one.operation, one.jobClass, one.error)));
        }
    }

    public static TagList Tags(string operation, string? jobClass, string? error)
    {
        var tags = new TagList { { JobsTags.System, JobsTags.SystemName }, { JobsTags.Operation, operation } };
        if (jobClass is not null)
        {
            tags.Add(JobsTags.JobClass, jobClass);
        }

        if (error is not null)
        {
            tags.Add(JobsTags.ErrorType, error);
        }

        return tags;
    }
}
