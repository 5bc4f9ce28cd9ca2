namespace OrleansJobs.Engine.Silos;

/// <summary>
/// Tells the long polls of this silo that it stops: a call that waits would hold the stop up until its time is out.
/// </summary>
internal sealed class SiloStopping : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Fires once the agent has drained.</summary>
    public CancellationToken Token => _stopping.Token;

    public void Raise() => _stopping.Cancel();

    /// <summary>The error for a caller whose long poll ends for this reason; it asks again, elsewhere.</summary>
    public static GridUnavailableException Error() => new("The silo stops; ask again.");

    public void Dispose() => _stopping.Dispose();
}
