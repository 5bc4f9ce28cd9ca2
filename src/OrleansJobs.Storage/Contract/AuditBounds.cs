namespace OrleansJobs.Storage;

/// <summary>What is kept of one kind of entries of the audit trail.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="MaxEntries">Entries at most.</param>
/// <param name="NotBefore">Nothing that was done before this time.</param>
public sealed record AuditBounds(AuditKind Kind, long MaxEntries, DateTimeOffset NotBefore)
{
    /// <summary>Entries of a kind beyond its bounds that one append drops at most; the rest goes with later ones.</summary>
    public const int MaxDroppedAtOnce = 100;
}
