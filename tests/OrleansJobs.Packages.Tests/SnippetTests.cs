using OrleansJobs.Packages.Tests.Docs;
using OrleansJobs.Packages.Tests.Kit;

namespace OrleansJobs.Packages.Tests;

/// <summary>Each block of C# in the pages compiles against the packages; what is no application of its own, in a frame.</summary>
[Collection(PackagesCollection.Name)]
[Trait("Category", "Slow")]
public sealed class SnippetTests(PackageFeed feed)
{
    private static readonly IReadOnlyList<CodeBlock> Fragments =
        [.. DocPages.Blocks.Where(block => block is { Language: "csharp", App: null })];

    [Fact]
    public async Task Fragments_Compile()
    {
        Assert.NotEmpty(Fragments);
        var sample = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests", "OrleansJobs.Packages.Tests", "Snippets", "Sample.cs"));

        // The errors of a failed build name the page and its line.
        await OutsideApp.FromFilesAsync(
            feed,
            "Fragments",
            [
                "dotnet new web -o Fragments",
                "cd Fragments",
                .. Repository.Packages.Where(package => package != "OrleansJobs.Cli").Append("xunit").Select(package => $"dotnet add package {package}"),
            ],
            [("Program.cs", "internal static class Program { private static void Main() { } }"), ("Sample.cs", sample), .. Fragments.Select((block, number) => ($"Block{number}.cs", Frame.Around(block)))]);
    }

    [Fact]
    public void EachApplication_HasItsCommandsAndItsProgram()
    {
        var names = DocPages.Blocks.Select(block => block.App?.Split('/')[0]).OfType<string>().Distinct(StringComparer.Ordinal).ToList();

        Assert.Equal(["Grid", "Mailer", "Mailer.Tests", "Shop", "Thumbnails"], names.Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Single(DocPages.OfApp(name), block => block.App == name));
    }
}
