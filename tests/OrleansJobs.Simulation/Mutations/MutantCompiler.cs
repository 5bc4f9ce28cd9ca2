using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OrleansJobs.Simulation.Mutations;

/// <summary>Compiles the core from its source, with one snippet replaced.</summary>
internal sealed class MutantCompiler
{
    private const string Assembly = "OrleansJobs.Core";

    /// <summary>What the SDK adds to each project by itself, and the core to its own.</summary>
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks; global using Orleans;";

    private readonly string _source;
    private readonly CSharpCompilation _faithful;

    /// <summary>Reads the core's source.</summary>
    /// <param name="root">The root of the repository.</param>
    public MutantCompiler(string root)
    {
        _source = Path.Combine(root, "src", Assembly);
        var parse = new CSharpParseOptions(LanguageVersion.Latest);
        var trees = Directory.EnumerateFiles(_source, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(_source, file).StartsWith("obj", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), parse, file))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, parse));
        _faithful = CSharpCompilation.Create(Assembly, trees, References(), new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>The repository's root, above a folder.</summary>
    public static string FindRoot(string from)
    {
        var folder = new DirectoryInfo(from);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OrleansJobs.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"There is no OrleansJobs.sln above {from}, and mutations need the source.");
    }

    /// <summary>The assembly of a mutated core.</summary>
    /// <exception cref="InvalidOperationException">The snippet does not occur exactly once, or what comes out does not compile.</exception>
    public byte[] Compile(CoreMutation mutation)
    {
        var file = Path.Combine(_source, mutation.File);
        var tree = _faithful.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == file)
            ?? throw new InvalidOperationException($"Mutation '{mutation.Name}': there is no {mutation.File} in the core any more.");
        var text = tree.ToString();
        var times = text.Split(mutation.Original).Length - 1;
        if (times != 1)
        {
            throw new InvalidOperationException(
                $"Mutation '{mutation.Name}': its snippet occurs {times} times in {mutation.File} instead of once. It has to follow the source:\n{mutation.Original}");
        }

        var mutated = CSharpSyntaxTree.ParseText(text.Replace(mutation.Original, mutation.Mutated, StringComparison.Ordinal), (CSharpParseOptions)tree.Options, file);
        using var image = new MemoryStream();
        var result = _faithful.ReplaceSyntaxTree(tree, mutated).Emit(image);
        if (!result.Success)
        {
            var errors = result.Diagnostics.Where(fault => fault.Severity == DiagnosticSeverity.Error);
            throw new InvalidOperationException($"Mutation '{mutation.Name}' does not compile: {string.Join("; ", errors)}");
        }

        return image.ToArray();
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => Path.GetFileNameWithoutExtension(path) is not (Assembly or "OrleansJobs.Simulation"))
        .Select(path => MetadataReference.CreateFromFile(path));
}
