namespace OrleansJobs.Storage;

/// <summary>An entry of the audit trail as it is stored.</summary>
/// <param name="Sequence">Its place in the trail; rises, with gaps.</param>
/// <param name="Document">The entry as JSON.</param>
public sealed record AuditRow(long Sequence, string Document)
{
    /// <summary>Longest document, in characters: a class's settings before and after a change, and what else there is to say.</summary>
    public const int MaxDocumentLength = 3 * ClassSettingsRow.MaxDocumentLength;
}
