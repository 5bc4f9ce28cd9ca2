namespace OrleansJobs;

/// <summary>A page of the audit trail.</summary>
/// <param name="Entries">The entries, newest first.</param>
/// <param name="NextCursor">Where the next page starts; null when this is the last.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, string? NextCursor);
