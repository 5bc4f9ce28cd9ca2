using System.Collections.Concurrent;

namespace OrleansJobs.Telemetry.Prometheus;

/// <summary>Where the measures of one instrument go.</summary>
/// <param name="family">The metric.</param>
/// <param name="meter">The meter's name, a label of every series.</param>
/// <param name="isObserved">Whether the instrument tells its whole value each time that it is asked.</param>
/// <param name="isSet">Whether a measure replaces the one before.</param>
internal sealed class InstrumentSink(MetricFamily family, string meter, bool isObserved, bool isSet)
{
    private const string MeterLabel = "otel.scope.name";

    private readonly ConcurrentDictionary<TagSet, Series?> _series = new(new TagSet.Comparer());

    public MetricFamily Family => family;

    /// <summary>Takes a measure in.</summary>
    /// <returns>False if it is the first one for which there was no room.</returns>
    public bool Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, long round)
    {
        var known = _series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        if (!known.TryGetValue(tags, out var series) && (series = Take(tags)) is not null)
        {
            known.TryAdd(tags, series);
        }

        if (series is null)
        {
            return !family.Drop();
        }

        series.Round = round;
        if (family.Kind == MetricKind.Histogram)
        {
            series.Count(value);
        }
        else if (isSet)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }

        return true;
    }

    /// <summary>Takes away what an observed instrument did not tell in this round: it is there no more.</summary>
    public void Sweep(long round)
    {
        if (!isObserved)
        {
            return;
        }

        foreach (var (tags, series) in _series)
        {
            if (series!.Round != round)
            {
                _series.TryRemove(tags, out _);
                family.Forget(series);
            }
        }
    }

    // The same tags may come in another order, or be the same only once they are labels.
    private Series? Take(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        family.Take(LabelText.Of([.. tags, new(MeterLabel, meter)]));
}
