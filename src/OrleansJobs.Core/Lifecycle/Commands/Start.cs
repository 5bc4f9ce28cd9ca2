namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>Begins an attempt on a silo: raises the token and the attempt.</summary>
/// <param name="Silo">Who runs it.</param>
/// <param name="SiloIsDead">
/// Whether membership calls that silo dead: then its leases are over, and nobody would hear of the attempt. Such a silo may not know yet.
/// </param>
/// <param name="WaitedFor">What held the job back before.</param>
/// <param name="DueBy">
/// When the job was due that the dispatcher gave a lease of. It judges by one clock, and does not set it back; the authority's may be another, or have been set
/// back since. Null: the authority's clock alone decides.
/// </param>
/// <param name="Place">The place that the silo holds for it.</param>
/// <param name="IsExplained">Whether another job is known to have ended a silo; null if none is.</param>
public sealed record Start(
    string Silo,
    bool SiloIsDead = false,
    WaitReason WaitedFor = WaitReason.None,
    DateTimeOffset? DueBy = null,
    StartPlace Place = StartPlace.Any,
    Func<string, bool>? IsExplained = null) : JobCommand;
