namespace OrleansJobs.Simulation.Engine;

/// <summary>A call that waits for its answer.</summary>
internal interface IPendingCall
{
    /// <summary>There will be none.</summary>
    void Fail();
}
