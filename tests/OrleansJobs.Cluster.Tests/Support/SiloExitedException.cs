namespace OrleansJobs.Cluster.Tests.Support;

/// <summary>A silo that should have become ready ended.</summary>
internal sealed class SiloExitedException(ChildProcess process)
    : Exception($"The silo ended with {process.ExitCode} instead of becoming ready.{Environment.NewLine}{process.Tail()}")
{
    public bool IsPortTaken { get; } = process.Tail().Contains("already in use", StringComparison.OrdinalIgnoreCase);
}
