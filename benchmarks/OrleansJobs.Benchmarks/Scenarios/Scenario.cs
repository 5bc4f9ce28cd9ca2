using OrleansJobs.Benchmarks.Reporting;

namespace OrleansJobs.Benchmarks.Scenarios;

/// <summary>Something to measure.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Engine">What is measured: an engine, or the part of one.</param>
/// <param name="Store">The store that it runs on.</param>
/// <param name="RunAsync">One run over so many jobs; gives the figure.</param>
internal sealed record Scenario(string Name, string Engine, string Store, Func<int, Task<Figure>> RunAsync)
{
    /// <summary>The unit of the figure.</summary>
    public string Unit { get; init; } = "jobs/s";
}
