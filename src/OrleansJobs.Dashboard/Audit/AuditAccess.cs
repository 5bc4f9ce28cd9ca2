namespace OrleansJobs.Dashboard.Audit;

/// <summary>
/// Parts what was done to the grid from who came to it: sign-ins, wrong keys, calls that were refused for who made them. Of the latter anybody may
/// make as many as they like, so they have a pace.
/// </summary>
internal static class AuditAccess
{
    /// <summary>What stands for the name and the role of somebody who was not let in.</summary>
    public const string Stranger = "-";

    private static readonly HashSet<string> RefusedForWhoCalls =
        new(["unauthenticated", "forbidden", "no-keys-configured", "csrf", "cross-origin", "foreign-host"], StringComparer.Ordinal);

    /// <summary>Whether an entry tells who came, rather than what was done.</summary>
    public static bool IsOfAccess(AuditEntry entry) =>
        entry.Verb is AuditVerb.SignIn or AuditVerb.SignOut or AuditVerb.WrongKey || (entry.Error is { } code && RefusedForWhoCalls.Contains(code));

    /// <summary>Whose pace it is of: entries like it are counted together.</summary>
    public static (string Kind, string Account) PaceOf(AuditEntry entry) => entry.Role == Stranger
        ? (Stranger, Stranger)
        : (entry.Outcome == AuditOutcome.Done ? entry.Verb : "refused", entry.Who);
}
