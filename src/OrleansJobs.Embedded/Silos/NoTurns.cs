using OrleansJobs.Engine.Silos;

namespace OrleansJobs.Embedded.Silos;

/// <summary>A process alone has no others that come and go.</summary>
internal sealed class NoTurns : IClusterTurns
{
    public CancellationToken Next => CancellationToken.None;

    public TimeSpan Bound(TimeSpan wanted) => wanted;
}
