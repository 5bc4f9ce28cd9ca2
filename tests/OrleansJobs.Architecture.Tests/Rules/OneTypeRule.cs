using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OrleansJobs.Architecture.Tests.Rules;

/// <summary>A file holds one public type, and is named after it.</summary>
internal static class OneTypeRule
{
    public static IEnumerable<string> Violations(SourceFile file)
    {
        var types = file.Syntax.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax && IsPublic(member))
            .ToArray();
        return types.Skip(1).Select(type => file.At(type, $"{NameOf(type)} is the second public type of the file"))
            .Concat(types.Take(1).Where(type => !IsNamedAfter(file, NameOf(type))).Select(type => file.At(type, $"{NameOf(type)} is in a file of another name")));
    }

    private static bool IsPublic(MemberDeclarationSyntax member) => member.Modifiers.Any(SyntaxKind.PublicKeyword);

    /// <summary><c>Thing.cs</c>, <c>Thing.Log.cs</c> for a part of it, or <c>ThingOfResult.cs</c> for a generic twin.</summary>
    private static bool IsNamedAfter(SourceFile file, string type)
    {
        var name = Path.GetFileNameWithoutExtension(file.Path);
        return name == type || name.StartsWith(type + ".", StringComparison.Ordinal) || name.StartsWith(type + "Of", StringComparison.Ordinal);
    }

    private static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declaration => declaration.Identifier.Text,
        DelegateDeclarationSyntax declaration => declaration.Identifier.Text,
        _ => "",
    };
}
