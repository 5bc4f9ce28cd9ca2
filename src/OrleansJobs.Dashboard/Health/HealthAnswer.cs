using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OrleansJobs.Dashboard.Health;

/// <summary>How the process is.</summary>
/// <param name="Status">The worst of its checks.</param>
/// <param name="Checks">Its checks by name; null for callers who may not see them.</param>
internal sealed record HealthAnswer(HealthStatus Status, IReadOnlyDictionary<string, HealthAnswer.Check>? Checks = null)
{
    /// <summary>One check.</summary>
    /// <param name="Status">How it went.</param>
    /// <param name="Description">Why, in a sentence.</param>
    internal sealed record Check(HealthStatus Status, string Description);
}
