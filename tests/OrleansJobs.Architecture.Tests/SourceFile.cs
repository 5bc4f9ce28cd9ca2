using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OrleansJobs.Architecture.Tests;

/// <summary>A C# file.</summary>
/// <param name="Path">Relative to the repository's root, with forward slashes.</param>
/// <param name="Text">What is in it.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private SyntaxNode? _syntax;

    public SyntaxNode Syntax => _syntax ??= CSharpSyntaxTree.ParseText(Text).GetRoot();

    /// <summary>A file that a test plants.</summary>
    public static SourceFile Planted(string text, string path = "src/Planted/Planted.cs") => new(path, text);

    /// <summary>A fault at a place in the file, as the tests print it.</summary>
    public string At(SyntaxNodeOrToken place, string fault) => $"{Path}:{LineOf(place.GetLocation()!) + 1}: {fault}";

    public string At(SyntaxTrivia place, string fault) => $"{Path}:{LineOf(place.GetLocation()) + 1}: {fault}";

    private static int LineOf(Location location) => location.GetLineSpan().StartLinePosition.Line;
}
