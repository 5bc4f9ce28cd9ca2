using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OrleansJobs.Packages.Tests.Docs;

/// <summary>Makes a source file of a block: its types in a namespace of their own, its statements in a method. Errors name the page's lines.</summary>
internal static class Frame
{
    public static string Around(CodeBlock block)
    {
        var root = CSharpSyntaxTree.ParseText(block.Text).GetCompilationUnitRoot();
        var source = new StringBuilder();
        source.AppendLine($"// {block}");
        source.AppendLine(string.Concat(root.Usings.Select(directive => directive.ToFullString())));
        source.AppendLine($"namespace Blocks.{NamespaceOf(block)};");
        foreach (var type in root.Members.Where(member => member is not GlobalStatementSyntax))
        {
            Append(source, block, type);
        }

        source.AppendLine("internal static class Frame");
        source.AppendLine("{");
        source.AppendLine($"    internal static async {(Returns(root) ? "Task<int>" : "Task")} RunAsync({block.Given})");
        source.AppendLine("    {");
        foreach (var statement in root.Members.OfType<GlobalStatementSyntax>())
        {
            Append(source, block, statement);
        }

        source.AppendLine("    }");
        source.AppendLine("}");
        return source.ToString();
    }

    /// <summary>Whether the block ends with the exit code of a program.</summary>
    private static bool Returns(CompilationUnitSyntax root) =>
        root.Members.OfType<GlobalStatementSyntax>().Any(statement => statement.Statement is ReturnStatementSyntax { Expression: not null });

    private static void Append(StringBuilder source, CodeBlock block, MemberDeclarationSyntax member)
    {
        var line = block.Line + member.SyntaxTree.GetLineSpan(member.FullSpan).StartLinePosition.Line;
        source.AppendLine().AppendLine($"#line {line} \"{block.Page}\"").AppendLine(member.ToFullString()).AppendLine("#line default");
    }

    private static string NamespaceOf(CodeBlock block) =>
        string.Concat(block.ToString().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
