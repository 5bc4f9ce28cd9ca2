using System.Diagnostics;
using System.Diagnostics.Metrics;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.Workers.Diagnostics;

/// <summary>What the workers show to meters. Measures are tagged with the job class, never with a job.</summary>
internal static class WorkerTelemetry
{
    private static readonly Meter Meter = JobsTelemetry.Meter;

    private static readonly Counter<long> Started =
        Meter.CreateCounter<long>("orleansjobs.attempts.started", "{attempt}", "Attempts whose handler was called.");

    private static readonly Counter<long> Ended =
        Meter.CreateCounter<long>("orleansjobs.attempts.ended", "{attempt}", "Attempts that ended on this silo, by how they ended.");

    private static readonly Histogram<double> Wait = Meter.CreateHistogram(
        "orleansjobs.wait.duration", "s", "How long jobs waited, from due to the start of the attempt.", null, JobsTelemetry.Durations);

    private static readonly Histogram<double> Run = Meter.CreateHistogram(
        "messaging.process.duration", "s", "How long handlers ran.", null, JobsTelemetry.Durations);

    private static readonly UpDownCounter<long> Overstaying = Meter.CreateUpDownCounter<long>(
        "orleansjobs.handlers.overstaying", "{handler}", "Handlers that hold a slot after their attempt was ended without them.");

    private static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        "orleansjobs.acks.refused", "{ack}", "Acks that were refused because the lease was lost: what those attempts did does not count.");

    private static readonly Counter<long> Suspects = Meter.CreateCounter<long>(
        "orleansjobs.suspects", "{job}", "Suspected jobs that asked this silo for a place, by the place that they were given.");

    /// <summary>The class has a pool here: its counters are there from now on, at zero, so that their first rise is seen as one.</summary>
    public static void Begin(string jobClass) => ForeignCode.Run(jobClass, static jobClass =>
    {
        Started.Add(0, Tag(jobClass));
        Refused.Add(0, Tag(jobClass));
        Overstaying.Add(0, Tag(jobClass));
        Ended.Add(0, Tag(jobClass), new KeyValuePair<string, object?>(JobsTags.Outcome, Word.Of(AttemptOutcome.Succeeded)));
    });

    /// <summary>Whether anybody wants to know of acks.</summary>
    public static bool AcksMatter => Refused.Enabled || OperationTelemetry.Duration.Enabled;

    /// <summary>The start of an attempt is durable; the call took this long.</summary>
    public static void AttemptBegan(JobRecord job, TimeSpan took)
    {
        OperationTelemetry.Record("start", job.JobClass, null, took);
        if (Wait.Enabled && job.StartedAt is not null)
        {
            ForeignCode.Run(job, static job => Wait.Record(Math.Max(0, (job.StartedAt!.Value - job.DueAt).TotalSeconds), Tag(job.JobClass)));
        }
    }

    public static void HandlerCalled(string jobClass) => ForeignCode.Run(jobClass, static jobClass => Started.Add(1, Tag(jobClass)));

    /// <summary>The attempt ended; without an outcome its lease was lost.</summary>
    public static void AttemptEnded(string jobClass, AttemptOutcome? outcome, JobError? error, TimeSpan runTime)
    {
        if (Run.Enabled)
        {
            ForeignCode.Run((jobClass, Error: outcome == AttemptOutcome.Failed ? error?.Type : null, runTime), static one =>
                Run.Record(one.runTime.TotalSeconds, OperationTelemetry.Tags("process", one.jobClass, one.Error)));
        }

        if (Ended.Enabled)
        {
            ForeignCode.Run((jobClass, Outcome: outcome ?? AttemptOutcome.Lost), static one =>
                Ended.Add(1, Tag(one.jobClass), new KeyValuePair<string, object?>(JobsTags.Outcome, Word.Of(one.Outcome))));
        }
    }

    /// <summary>The end of an attempt has its answer.</summary>
    public static void Acked(string jobClass, Verdict? verdict, TimeSpan took)
    {
        OperationTelemetry.Record("ack", jobClass, verdict is null ? "no_answer" : null, took);
        if (verdict is not (null or Verdict.Applied or Verdict.Repeated))
        {
            ForeignCode.Run(jobClass, static jobClass => Refused.Add(1, Tag(jobClass)));
        }
    }

    /// <summary>A job that is suspected of ending silos has a place here, or has to be put off.</summary>
    public static void SuspectPlaced(string jobClass, StartPlace place)
    {
        if (Suspects.Enabled)
        {
            ForeignCode.Run((jobClass, place), static one =>
                Suspects.Add(1, Tag(one.jobClass), new KeyValuePair<string, object?>(JobsTags.Place, Word.Of(one.place))));
        }
    }

    public static void OverstayBegan(string jobClass) => ForeignCode.Run(jobClass, static jobClass => Overstaying.Add(1, Tag(jobClass)));

    public static void OverstayEnded(string jobClass) => ForeignCode.Run(jobClass, static jobClass => Overstaying.Add(-1, Tag(jobClass)));

    private static KeyValuePair<string, object?> Tag(string jobClass) => new(JobsTags.JobClass, jobClass);
}
