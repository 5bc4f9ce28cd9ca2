namespace LearningPlatform.Index;

/// <summary>A document that a query found.</summary>
/// <param name="Path">Where the document is.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Snippet">The words around the match, which is between <c>[</c> and <c>]</c>.</param>
public sealed record SearchHit(string Path, string Title, string Snippet);
