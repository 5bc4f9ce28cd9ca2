namespace OrleansJobs.Storage;

/// <summary>What is kept of the audit trail.</summary>
/// <param name="MaxEntries">Entries at most.</param>
/// <param name="NotBefore">Nothing that was done before this time.</param>
public sealed record AuditBounds(long MaxEntries, DateTimeOffset NotBefore)
{
    /// <summary>Entries beyond the bounds that one append drops at most; the rest goes with later ones.</summary>
    public const int MaxDroppedAtOnce = 100;
}
