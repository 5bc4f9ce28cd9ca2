using System.Globalization;

namespace OrleansJobs.Benchmarks.Reporting;

/// <summary>What one run gave.</summary>
/// <param name="Value">The figure, in the scenario's unit.</param>
/// <param name="Cost">What the process spent on it; null if that was not measured.</param>
internal sealed record Figure(double Value, Cost? Cost = null)
{
    /// <summary>The cost as columns of a line; empty if there is none.</summary>
    public string CostColumns => Cost is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{Cost.CpuMicroseconds,8:N1} us CPU/job {Cost.Bytes,9:N0} B/job");
}
