namespace OrleansJobs.Benchmarks.Scenarios;

/// <summary>Something to measure.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Engine">The engine that it runs on.</param>
/// <param name="Store">The store that it runs on.</param>
/// <param name="RunAsync">One run over so many jobs; gives jobs per second.</param>
internal sealed record Scenario(string Name, string Engine, string Store, Func<int, Task<double>> RunAsync);
