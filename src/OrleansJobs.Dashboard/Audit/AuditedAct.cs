namespace OrleansJobs.Dashboard.Audit;

/// <summary>Says of an endpoint what the audit trail calls its act, for when it is refused before its handler is asked.</summary>
/// <param name="Verb">The act.</param>
internal sealed record AuditedAct(string Verb);
