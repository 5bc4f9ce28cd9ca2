using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OrleansJobs.Architecture.Tests.Rules;

/// <summary>
/// What the grid logs while it keeps its books goes through <c>Contained()</c>: a log provider that throws must not keep a slot or lose the end of
/// a job. A file that is given a logger and logs by it itself has to say so.
/// </summary>
internal static class ContainedLogRule
{
    public static readonly string[] Folders =
    [
        "src/OrleansJobs.Workers", "src/OrleansJobs.Engine", "src/OrleansJobs.Embedded", "src/OrleansJobs.Grains", "src/OrleansJobs.Storage",
        "src/OrleansJobs.Sqlite", "src/OrleansJobs.Postgres",
    ];

    public static IEnumerable<string> Violations(SourceFile file) =>
        Logs(file) && !IsContained(file)
            ? file.Syntax.DescendantNodes().OfType<ParameterSyntax>().Where(IsGivenLogger).Take(1)
                .Select(given => file.At(given, "logs by a logger that is not Contained()"))
            : [];

    private static bool Logs(SourceFile file) =>
        file.Syntax.DescendantNodes().OfType<AttributeSyntax>().Any(attribute => attribute.Name.ToString() == "LoggerMessage");

    private static bool IsContained(SourceFile file) => file.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
        .Any(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Contained" or "CreateContained" });

    private static bool IsGivenLogger(ParameterSyntax parameter) =>
        parameter.Type?.ToString() is { } type && (type.StartsWith("ILogger", StringComparison.Ordinal))
        && parameter.Parent?.Parent is ConstructorDeclarationSyntax or TypeDeclarationSyntax;
}
