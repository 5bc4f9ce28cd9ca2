namespace OrleansJobs.Engine.Silos;

/// <summary>The moments at which long polls had better end, because something moves.</summary>
internal interface IClusterTurns
{
    /// <summary>Fires at the next turn.</summary>
    CancellationToken Next { get; }

    /// <summary>The time for which a long poll may wait now.</summary>
    TimeSpan Bound(TimeSpan wanted);
}
