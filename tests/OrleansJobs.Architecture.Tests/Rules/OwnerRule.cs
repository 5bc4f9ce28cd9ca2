using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OrleansJobs.Architecture.Tests.Rules;

/// <summary>
/// What runs by itself has an owner: timers and calls that nobody waits for go through <c>Background</c>, so that no exception of theirs ends a
/// process or is lost.
/// </summary>
internal static class OwnerRule
{
    private const string Owner = "src/OrleansJobs.Abstractions/Diagnostics/Background.cs";

    public static IEnumerable<string> Violations(SourceFile file) => file.Path == Owner
        ? []
        : Timers(file).Concat(OldTimers(file)).Concat(Voids(file)).Concat(Forgotten(file));

    private static IEnumerable<string> Timers(SourceFile file) =>
        from call in file.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "CreateTimer" } && !IsPassedOn(call)
        select file.At(call, "makes a timer that nobody owns; use CreateOwnedTimer");

    /// <summary>A time provider that hands its caller's timer on to another one.</summary>
    private static bool IsPassedOn(InvocationExpressionSyntax call) =>
        call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { Identifier.Text: "CreateTimer" } method && method.Modifiers.Any(SyntaxKind.OverrideKeyword);

    private static IEnumerable<string> OldTimers(SourceFile file) =>
        from made in file.Syntax.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
        where made.Type.ToString() is "Timer" or "System.Threading.Timer"
        select file.At(made, "makes a timer that nobody owns; use CreateOwnedTimer");

    private static IEnumerable<string> Voids(SourceFile file) =>
        from method in file.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where method.ReturnType.ToString() == "void" && method.Modifiers.Any(SyntaxKind.AsyncKeyword)
        select file.At(method.Identifier, "is async void: its exception ends the process");

    private static IEnumerable<string> Forgotten(SourceFile file) =>
        from assignment in file.Syntax.DescendantNodes().OfType<AssignmentExpressionSyntax>()
        where assignment.Left.ToString() == "_" && assignment.Right is InvocationExpressionSyntax call && IsOfATask(call)
        select file.At(assignment, "forgets a call that nobody owns; use Own");

    private static bool IsOfATask(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text.EndsWith("Async", StringComparison.Ordinal) || access.ToString() == "Task.Run",
        SimpleNameSyntax name => name.Identifier.Text.EndsWith("Async", StringComparison.Ordinal),
        _ => false,
    };
}
