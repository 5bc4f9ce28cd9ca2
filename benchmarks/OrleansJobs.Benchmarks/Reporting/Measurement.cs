namespace OrleansJobs.Benchmarks.Reporting;

/// <summary>A scenario's figure: the median of several runs with the extremes.</summary>
internal sealed record Measurement(
    string Scenario, string Engine, string Store, string Unit, double Median, double Min, double Max, int Runs)
{
    public static Measurement Of(string scenario, string engine, string store, IReadOnlyList<double> runs)
    {
        var sorted = runs.Order().ToArray();
        return new Measurement(
            scenario, engine, store, "jobs/s", Round(sorted[sorted.Length / 2]), Round(sorted[0]), Round(sorted[^1]), sorted.Length);
    }

    private static double Round(double figure) => Math.Round(figure, 1);
}
