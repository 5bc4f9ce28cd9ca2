using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OrleansJobs.Architecture.Tests.Rules;

/// <summary>Finds uses of members by the name of their type, such as <c>DateTime.UtcNow</c>, with or without its namespace.</summary>
internal static class MemberUse
{
    public static IEnumerable<MemberAccessExpressionSyntax> Of(SourceFile file, string type, params string[] members) =>
        file.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Where(access => members.Contains(access.Name.Identifier.Text) && TypeOf(access) == type);

    /// <summary>The arguments of the call; null if the member is not called.</summary>
    public static IReadOnlyList<ArgumentSyntax>? Arguments(MemberAccessExpressionSyntax access) =>
        access.Parent is InvocationExpressionSyntax call ? call.ArgumentList.Arguments : null;

    private static string TypeOf(MemberAccessExpressionSyntax access) => access.Expression switch
    {
        MemberAccessExpressionSyntax qualified => qualified.Name.Identifier.Text,
        SimpleNameSyntax name => name.Identifier.Text,
        _ => "",
    };
}
