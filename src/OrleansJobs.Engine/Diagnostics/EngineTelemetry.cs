using System.Diagnostics.Metrics;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.Engine.Diagnostics;

/// <summary>What jobs' authorities and dispatchers show to meters. Measures are tagged with the job class, never with a job.</summary>
internal static class EngineTelemetry
{
    private static readonly Meter Meter = JobsTelemetry.Meter;

    private static readonly Counter<long> Submitted =
        Meter.CreateCounter<long>("orleansjobs.jobs.submitted", "{job}", "New jobs that were stored.");

    private static readonly Counter<long> Finished =
        Meter.CreateCounter<long>("orleansjobs.jobs.finished", "{job}", "Jobs that reached a terminal state, by state.");

    private static readonly Counter<long> Expired =
        Meter.CreateCounter<long>("orleansjobs.leases.expired", "{lease}", "Leases that ran out or whose silo was lost.");

    private static readonly Counter<long> Convictions = Meter.CreateCounter<long>(
        "orleansjobs.jobs.convicted", "{job}", "Jobs that were dead-lettered because they end the silos that run them.");

    private static readonly Counter<long> Exchanges =
        Meter.CreateCounter<long>("orleansjobs.dispatcher.exchanges", "{exchange}", "Exchanges of silos with the dispatcher.");

    /// <summary>The class has a dispatcher here: its counters are there from now on, at zero, so that their first rise is seen as one.</summary>
    public static void Begin(string jobClass) => ForeignCode.Run(jobClass, static jobClass =>
    {
        Submitted.Add(0, Tag(jobClass));
        Expired.Add(0, Tag(jobClass));
        Convictions.Add(0, Tag(jobClass));
        Finished.Add(0, Tag(jobClass), new KeyValuePair<string, object?>(JobsTags.State, Word.Of(JobState.Succeeded)));
    });

    public static void Accepted(string jobClass) => ForeignCode.Run(jobClass, static jobClass => Submitted.Add(1, Tag(jobClass)));

    /// <summary>The transition is stored.</summary>
    public static void Stored(in Transition transition)
    {
        if (Finished.Enabled && transition.Effects.HasFlag(Effects.Finish))
        {
            ForeignCode.Run(transition.Next, static job =>
                Finished.Add(1, Tag(job.JobClass), new KeyValuePair<string, object?>(JobsTags.State, Word.Of(job.State))));
        }
    }

    /// <summary>The transition is stored and ends a job that ends its silos.</summary>
    public static void Convicted(in Transition transition)
    {
        if (transition.IsChange)
        {
            ForeignCode.Run(transition.Next.JobClass, static jobClass => Convictions.Add(1, Tag(jobClass)));
        }
    }

    public static void LeaseExpired(string jobClass) => ForeignCode.Run(jobClass, static jobClass => Expired.Add(1, Tag(jobClass)));

    public static void Exchanged(string jobClass) => ForeignCode.Run(jobClass, static jobClass => Exchanges.Add(1, Tag(jobClass)));

    private static KeyValuePair<string, object?> Tag(string jobClass) => new(JobsTags.JobClass, jobClass);
}
