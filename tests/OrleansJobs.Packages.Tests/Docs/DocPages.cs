using OrleansJobs.Packages.Tests.Kit;

namespace OrleansJobs.Packages.Tests.Docs;

/// <summary>
/// The code blocks of all pages that a user reads. A comment on the line before a fence says what the block is: <c>&lt;!-- app: mailer --&gt;</c>
/// the commands that make an application, <c>&lt;!-- app: mailer/Program.cs --&gt;</c> a file of it, <c>&lt;!-- given: IJobClient jobs --&gt;</c>
/// what a fragment takes from around it.
/// </summary>
internal static class DocPages
{
    private const string Fence = "```";

    public static IReadOnlyList<CodeBlock> Blocks { get; } = [.. Paths().SelectMany(Read)];

    /// <summary>The blocks of one application.</summary>
    public static IReadOnlyList<CodeBlock> OfApp(string name) =>
        [.. Blocks.Where(block => block.App == name || block.App?.StartsWith($"{name}/", StringComparison.Ordinal) == true)];

    /// <summary>The blocks of a page's text.</summary>
    public static IEnumerable<CodeBlock> Parse(string page, IReadOnlyList<string> lines)
    {
        for (var at = 0; at < lines.Count; at++)
        {
            if (!lines[at].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            var end = at + 1;
            while (lines[end] != Fence)
            {
                end++;
            }

            var before = at > 0 ? lines[at - 1] : "";
            var text = string.Join('\n', lines.Skip(at + 1).Take(end - at - 1));
            yield return new CodeBlock(page, at + 2, lines[at][Fence.Length..], text, Comment(before, "app"), Comment(before, "given"));
            at = end;
        }
    }

    private static string? Comment(string line, string key) =>
        line.StartsWith($"<!-- {key}: ", StringComparison.Ordinal) && line.EndsWith(" -->", StringComparison.Ordinal)
            ? line[$"<!-- {key}: ".Length..^" -->".Length]
            : null;

    private static IEnumerable<CodeBlock> Read(string page) => Parse(page, File.ReadAllLines(Path.Combine(Repository.Root, page)));

    private static IEnumerable<string> Paths() =>
    [
        "README.md",
        .. In("docs"),
        .. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(Path.GetFileName).SelectMany(name => In($"src/{name}")),
        .. In("client"),
    ];

    private static IEnumerable<string> In(string folder) => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md")
        .Select(path => $"{folder}/{Path.GetFileName(path)}")
        .Order(StringComparer.Ordinal);
}
