namespace LearningPlatform.Index;

/// <summary>A document as it goes into the index.</summary>
/// <param name="Path">Its identity.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Text">Its text; empty if it has none.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="SubmittedAt">When the job that read it was submitted: of two jobs the one submitted later wins.</param>
public sealed record IndexedDocument(string Path, string Title, string Text, long Bytes, DateTimeOffset SubmittedAt);
