using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OrleansJobs.Architecture.Tests.Rules;

/// <summary>A file fits in a head, and a method on a screen.</summary>
internal static class SizeRule
{
    public const int MaxFileLines = 300;
    public const int MaxTestFileLines = 400;
    public const int MaxMethodLines = 40;

    public static IEnumerable<string> FileViolations(SourceFile file, int allowed)
    {
        var lines = file.Text.TrimEnd().Split('\n').Length;
        return lines > allowed ? [$"{file.Path}: {lines} lines; allowed are {allowed}"] : [];
    }

    public static IEnumerable<string> MethodViolations(SourceFile file) =>
        from member in file.Syntax.DescendantNodes()
        where member is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        let lines = Lines(member)
        where lines > MaxMethodLines
        select file.At(member, $"{NameOf(member)} has {lines} lines; allowed are {MaxMethodLines}");

    private static int Lines(SyntaxNode member)
    {
        var span = member.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string NameOf(SyntaxNode member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        ConstructorDeclarationSyntax constructor => $"the constructor of {constructor.Identifier.Text}",
        _ => "a member",
    };
}
