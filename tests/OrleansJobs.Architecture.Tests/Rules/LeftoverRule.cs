using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OrleansJobs.Architecture.Tests.Rules;

/// <summary>Nothing is left for later in the sources.</summary>
internal static partial class LeftoverRule
{
    public static IEnumerable<string> Violations(SourceFile file) =>
    [
        .. file.Syntax.DescendantTrivia(descendIntoTrivia: true)
            .Where(trivia => IsComment(trivia) && Marker().IsMatch(trivia.ToString()))
            .Select(trivia => file.At(trivia, $"leaves work for later: {trivia.ToString().Trim()}")),
        .. file.Syntax.DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Text == "NotImplementedException")
            .Select(token => file.At(token, "is not implemented")),
    ];

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
            or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Marker();
}
