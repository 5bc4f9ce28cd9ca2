using System.Diagnostics.Metrics;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.Storage.Diagnostics;

/// <summary>What the stores show to meters: how long their commits take, and how many writes share one.</summary>
internal static class StoreTelemetry
{
    private static readonly Histogram<double> Duration = JobsTelemetry.Meter.CreateHistogram(
        "orleansjobs.store.commit.duration", "s", "How long the writing of one group took, its commit included.", null, JobsTelemetry.Durations);

    private static readonly Histogram<long> Rows = JobsTelemetry.Meter.CreateHistogram(
        "orleansjobs.store.commit.rows", "{row}", "Writes that shared one group.", null,
        new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000] });

    /// <summary>Whether anybody listens.</summary>
    public static bool IsOn => Duration.Enabled || Rows.Enabled;

    /// <summary>A group was written, or not.</summary>
    /// <param name="store">Which store, as OpenTelemetry calls it.</param>
    /// <param name="rows">Its writes.</param>
    /// <param name="took">How long it took.</param>
    public static void Committed(string store, int rows, TimeSpan took) => ForeignCode.Run((store, rows, took), static one =>
    {
        var tag = new KeyValuePair<string, object?>(JobsTags.Store, one.store);
        Duration.Record(one.took.TotalSeconds, tag);
        Rows.Record(one.rows, tag);
    });
}
