namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>Begins an attempt on a silo: raises the token and the attempt.</summary>
/// <param name="Silo">Who runs it.</param>
/// <param name="SiloIsDead">
/// Whether membership calls that silo dead: then its leases are over, and nobody would hear of the attempt. Such a silo may not know yet.
/// </param>
/// <param name="WaitedFor">What held the job back before.</param>
public sealed record Start(string Silo, bool SiloIsDead = false, WaitReason WaitedFor = WaitReason.None) : JobCommand;
