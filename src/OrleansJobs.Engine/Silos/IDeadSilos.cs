namespace OrleansJobs.Engine.Silos;

/// <summary>What membership says of silos that are named in jobs and leases.</summary>
internal interface IDeadSilos
{
    /// <summary>Whether the silo is dead to the grid, for good. One that this silo has not heard of yet is not.</summary>
    bool IsDead(string silo);
}
