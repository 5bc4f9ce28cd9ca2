using System.Diagnostics;
using System.Diagnostics.Metrics;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Workers.Diagnostics;

/// <summary>What the workers show to meters and traces. Measures are tagged with the job class, never with a job.</summary>
internal static class WorkerTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "OrleansJobs";

    private const string ClassTag = "job.class";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Started =
        Meter.CreateCounter<long>("orleansjobs.attempts.started", "{attempt}", "Attempts whose handler was called.");

    private static readonly Counter<long> Succeeded =
        Meter.CreateCounter<long>("orleansjobs.attempts.succeeded", "{attempt}", "Attempts that succeeded.");

    private static readonly Counter<long> Failed =
        Meter.CreateCounter<long>("orleansjobs.attempts.failed", "{attempt}", "Attempts that failed.");

    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("orleansjobs.attempt.duration", "s", "How long attempts took.");

    private static readonly UpDownCounter<long> Overstaying = Meter.CreateUpDownCounter<long>(
        "orleansjobs.handlers.overstaying", "{handler}", "Handlers that hold a slot after their attempt was ended without them.");

    public static void AttemptStarted(string jobClass) => Started.Add(1, Tag(jobClass));

    public static void AttemptEnded(string jobClass, AttemptOutcome? outcome, TimeSpan runTime)
    {
        Duration.Record(runTime.TotalSeconds, Tag(jobClass));
        switch (outcome)
        {
            case AttemptOutcome.Succeeded:
                Succeeded.Add(1, Tag(jobClass));
                break;
            case AttemptOutcome.Failed:
                Failed.Add(1, Tag(jobClass));
                break;
        }
    }

    public static void OverstayBegan(string jobClass) => Overstaying.Add(1, Tag(jobClass));

    public static void OverstayEnded(string jobClass) => Overstaying.Add(-1, Tag(jobClass));

    /// <summary>The activity of an attempt, a child of the submitter's; null if nobody listens.</summary>
    public static Activity? StartActivity(JobRecord job)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var parent = ActivityContext.TryParse(job.TraceParent, traceState: null, isRemote: true, out var submitter) ? submitter : default;
        var activity = Source.StartActivity($"run {job.JobClass}", ActivityKind.Consumer, parent);
        activity?.SetTag("job.id", job.Id.ToString()).SetTag(ClassTag, job.JobClass).SetTag("job.attempt", job.Attempt);
        return activity;
    }

    private static KeyValuePair<string, object?> Tag(string jobClass) => new(ClassTag, jobClass);
}
