namespace OrleansJobs.ProcessKit;

/// <summary>A host that should have become ready ended.</summary>
internal sealed class HostExitedException(ChildProcess process)
    : Exception($"The host ended with {process.ExitCode} instead of becoming ready.{Environment.NewLine}{process.Tail()}")
{
    public bool IsPortTaken { get; } = process.Tail().Contains("already in use", StringComparison.OrdinalIgnoreCase);
}
