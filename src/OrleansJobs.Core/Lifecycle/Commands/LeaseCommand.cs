namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>A command of the silo that runs the job; it counts only with the live lease's token.</summary>
/// <param name="LeaseToken">The token that the start answered with.</param>
public abstract record LeaseCommand(long LeaseToken) : JobCommand
{
    /// <summary>W3C trace parent of the attempt's span, if one was recorded; kept with the attempt if that did not succeed.</summary>
    public string? TraceParent { get; init; }
}
