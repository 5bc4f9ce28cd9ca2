namespace OrleansJobs.Core.Insight;

/// <summary>How a class stands at one moment.</summary>
/// <param name="Waiting">Due jobs in memory.</param>
/// <param name="Running">Leases.</param>
/// <param name="Permits">Slots of the silos that take jobs.</param>
public readonly record struct ClassLoad(int Waiting, int Running, int Permits);
