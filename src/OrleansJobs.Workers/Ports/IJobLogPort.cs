using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Workers.Ports;

/// <summary>The way from a worker to the store of what jobs log.</summary>
public interface IJobLogPort
{
    /// <summary>Stores lines; safe to repeat.</summary>
    /// <exception cref="GridUnavailableException">There is no answer; they may have been stored or not.</exception>
    Task WriteAsync(IReadOnlyList<LoggedLine> lines);
}
