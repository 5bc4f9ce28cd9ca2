namespace LearningPlatform.Index;

/// <summary>Put a document into the search index, in place of what is there for its path.</summary>
/// <param name="Path">Absolute path of the document.</param>
/// <param name="Title">What it is called; the file's name if null.</param>
public sealed record IndexDocument(string Path, string? Title = null);
