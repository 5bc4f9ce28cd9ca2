namespace OrleansJobs.Telemetry.Prometheus;

/// <summary>One line of a metric, or the lines of one histogram: what was measured with the same labels.</summary>
/// <param name="labels">The labels as they are written.</param>
/// <param name="bounds">Upper bounds of a histogram's buckets, rising; null for a number.</param>
internal sealed class Series(string labels, double[]? bounds)
{
    private readonly Lock _gate = new();
    private readonly long[]? _buckets = bounds is null ? null : new long[bounds.Length + 1];
    private double _value;

    public string Labels => labels;

    /// <summary>The round of collecting in which it was last observed.</summary>
    public long Round { get; set; }

    /// <summary>Adds to the number.</summary>
    public void Add(double value)
    {
        lock (_gate)
        {
            _value += value;
        }
    }

    /// <summary>Replaces the number.</summary>
    public void Set(double value)
    {
        lock (_gate)
        {
            _value = value;
        }
    }

    /// <summary>Puts a measure into its bucket; a bound belongs to the bucket below it.</summary>
    public void Count(double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }

        var index = Array.BinarySearch(bounds!, value);
        lock (_gate)
        {
            _buckets![index >= 0 ? index : ~index]++;
            _value += value;
        }
    }

    /// <summary>The number, or the sum of a histogram, with the counts of its buckets at the same moment.</summary>
    public (double Value, long[] Buckets) Read()
    {
        lock (_gate)
        {
            return (_value, _buckets is null ? [] : [.. _buckets]);
        }
    }
}
