namespace OrleansJobs.Benchmarks.Scenarios.Pages;

/// <summary>A page took longer than pages may.</summary>
internal sealed class PagesTooSlowException(string message) : Exception(message);
