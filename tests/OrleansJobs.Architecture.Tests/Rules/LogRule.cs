using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OrleansJobs.Architecture.Tests.Rules;

/// <summary>Log messages are declared with <c>[LoggerMessage]</c>: named values, no text put together for a level that is off.</summary>
internal static class LogRule
{
    private static readonly HashSet<string> Extensions =
        ["LogTrace", "LogDebug", "LogInformation", "LogWarning", "LogError", "LogCritical"];

    public static IEnumerable<string> Violations(SourceFile file) =>
        from call in file.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
        let name = NameOf(call.Expression)
        where Extensions.Contains(name)
        select file.At(call, $"calls {name}; declare the message with [LoggerMessage]");

    private static string NameOf(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.Text,
        _ => "",
    };
}
