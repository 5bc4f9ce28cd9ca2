namespace OrleansJobs.Storage;

/// <summary>What was changed of a job class at run time.</summary>
/// <param name="Revision">Its revision, from 1; each change raises it by 1.</param>
/// <param name="Document">The settings, in a form that the engine chooses; at most <see cref="MaxDocumentLength"/> characters.</param>
public sealed record ClassSettingsRow(long Revision, string Document)
{
    /// <summary>The longest document, in characters.</summary>
    public const int MaxDocumentLength = 262_144;
}
