namespace OrleansJobs.Benchmarks.Reporting;

/// <summary>
/// How much one way costs more than another, from measurements in pairs: the median of their ratios, with the interval that holds the true
/// median in 95 of 100 cases whatever the noise is like (order statistics of the sign test).
/// </summary>
/// <param name="Percent">The median, in percent; 0 is no change.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end of the interval.</param>
internal sealed record PairedChange(double Percent, double Low, double High)
{
    /// <summary>Of the normal distribution, which the number of ratios below the median comes close to.</summary>
    private const double TwoSided95 = 1.96;

    public static PairedChange Of(IEnumerable<double> ratios)
    {
        var sorted = ratios.Order().Select(ratio => (ratio - 1) * 100).ToArray();
        var left = Math.Max(0, (int)Math.Floor((sorted.Length - TwoSided95 * Math.Sqrt(sorted.Length)) / 2));
        return new PairedChange((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[left], sorted[^(left + 1)]);
    }

    public override string ToString() => $"{Percent:+0.0;-0.0;0.0} % (95 %: {Low:+0.0;-0.0;0.0} to {High:+0.0;-0.0;0.0})";
}
