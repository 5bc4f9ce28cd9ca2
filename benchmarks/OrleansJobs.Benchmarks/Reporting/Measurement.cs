using System.Text.Json.Serialization;
using OrleansJobs.Benchmarks.Scenarios;

namespace OrleansJobs.Benchmarks.Reporting;

/// <summary>A scenario's figure: the median of several runs with the extremes.</summary>
internal sealed record Measurement(
    string Scenario, string Engine, string Store, string Unit, double Median, double Min, double Max, int Runs)
{
    /// <summary>What the run in the middle cost.</summary>
    [JsonIgnore]
    public string CostColumns { get; private init; } = "";

    public static Measurement Of(Scenario scenario, IReadOnlyList<Figure> runs)
    {
        var sorted = runs.OrderBy(run => run.Value).ToArray();
        var middle = sorted[sorted.Length / 2];
        return new Measurement(
            scenario.Name, scenario.Engine, scenario.Store, scenario.Unit, Round(middle.Value), Round(sorted[0].Value), Round(sorted[^1].Value), sorted.Length)
        {
            CostColumns = middle.CostColumns,
        };
    }

    private static double Round(double figure) => Math.Round(figure, 1);
}
