namespace OrleansJobs.Storage;

/// <summary>An entry of the audit trail as it is stored.</summary>
/// <param name="Sequence">Its place in the trail; rises, with gaps.</param>
/// <param name="Document">The entry as JSON.</param>
public sealed record AuditRow(long Sequence, string Document)
{
    /// <summary>Longest document, in characters (64 Ki).</summary>
    public const int MaxDocumentLength = 64 * 1024;
}
