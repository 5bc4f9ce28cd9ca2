namespace LearningPlatform.Index;

/// <summary>What came out of indexing a document.</summary>
/// <param name="Path">The document.</param>
/// <param name="Title">The title it is found by.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="IsText">Whether its text is in the index; of other files only title and path are.</param>
/// <param name="Characters">How many characters of text are in the index.</param>
/// <param name="IsCut">Whether the text is longer than what is in the index.</param>
/// <param name="IsCurrent">False if a job submitted later has indexed the document already, and this one left that alone.</param>
/// <param name="Database">The database file of the index.</param>
/// <param name="DataDirectory">The platform's data directory.</param>
public sealed record IndexResult(
    string Path,
    string Title,
    long Bytes,
    bool IsText,
    int Characters,
    bool IsCut,
    bool IsCurrent,
    string Database,
    string DataDirectory);
